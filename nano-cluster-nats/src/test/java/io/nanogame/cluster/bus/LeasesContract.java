package io.nanogame.cluster.bus;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * What the cluster expects of the {@link Leases} of each {@link Bus}.
 */
public abstract class LeasesContract {

	protected static final Duration LENGTH = Duration.ofSeconds(2);

	private static final Duration STEP = Duration.ofMillis(100);

	private final List<Bus> opened = new ArrayList<>();

	private Bus bus() {
		Bus bus = connect();
		this.opened.add(bus);
		return bus;
	}

	/** Connects another bus to the same network. */
	protected abstract Bus connect();

	/** Advances the time, if it does not pass by itself. */
	protected abstract void pass(Duration duration);

	/** Interrupts the connections of all buses. */
	protected abstract void interrupt(List<Bus> buses);

	@AfterEach
	void close() {
		this.opened.forEach(Bus::close);
	}

	private Leases leases() {
		return bus().newLeases("owners", LENGTH);
	}

	protected static <T> T get(CompletableFuture<T> result) {
		try {
			return result.get(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException | ExecutionException | TimeoutException ex) {
			throw new IllegalStateException(ex);
		}
	}

	protected static long take(Leases leases, String key, String owner) {
		return get(leases.take(key, owner)).orElseThrow();
	}

	@Test
	void allNodesShareTheLengthOfTheFirst() {
		assertThat(get(leases().open())).isEqualTo(LENGTH);
		assertThat(get(bus().newLeases("owners", Duration.ofHours(1)).open())).isEqualTo(LENGTH);
	}

	@Test
	void aKeyHasOneOwner() {
		Leases first = leases();
		Leases second = leases();
		assertThat(get(first.take("room.1", "a"))).isPresent();
		assertThat(get(second.take("room.1", "b"))).isEmpty();
		assertThat(get(second.take("room.2", "b"))).isPresent();
	}

	@Test
	void otherNamesHaveOtherKeys() {
		Bus bus = bus();
		take(bus.newLeases("owners", LENGTH), "room", "a");
		assertThat(get(bus.newLeases("others", LENGTH).take("room", "b"))).isPresent();
	}

	@Test
	void theOwnerTakesItsKeyAgainWithAGreaterRevision() {
		Leases leases = leases();
		long revision = take(leases, "room", "a");
		assertThat(take(leases, "room", "a")).isGreaterThan(revision);
	}

	@Test
	void aRenewalHasAGreaterRevision() {
		Leases leases = leases();
		long revision = take(leases, "room", "a");
		long renewed = get(leases.renew("room", "a", revision)).orElseThrow();
		assertThat(renewed).isGreaterThan(revision);
		assertThat(get(leases.take("room", "b"))).isEmpty();
	}

	@Test
	void aLeaseIsRenewedAlsoIfTheReplyToTheLastRenewalWasLost() {
		Leases leases = leases();
		long revision = take(leases, "room", "a");
		long lost = get(leases.renew("room", "a", revision)).orElseThrow();
		assertThat(get(leases.renew("room", "a", revision)).orElseThrow()).isGreaterThan(lost);
	}

	@Test
	void aReleasedKeyIsFree() {
		Leases first = leases();
		Leases second = leases();
		long revision = take(first, "room", "a");
		get(first.release("room", revision));
		assertThat(take(second, "room", "b")).isGreaterThan(revision);
		assertThat(get(first.renew("room", "a", revision))).isEmpty();
	}

	@Test
	void theReleaseOfAnOldRevisionHasNoEffect() {
		Leases leases = leases();
		long revision = take(leases, "room", "a");
		take(leases, "room", "a");
		get(leases.release("room", revision));
		assertThat(get(leases.take("room", "b"))).isEmpty();
	}

	@Test
	void aLeaseThatIsNotRenewedEnds() {
		Leases first = leases();
		Leases second = leases();
		long start = System.nanoTime();
		long revision = take(first, "room", "a");
		OptionalLong taken = await(() -> get(second.take("room", "b")), OptionalLong::isPresent);
		assertThat(taken.getAsLong()).isGreaterThan(revision);
		assertLasted(start);
		assertThat(get(first.renew("room", "a", revision))).isEmpty();
		assertThat(get(first.take("room", "a"))).isEmpty();
	}

	/** A lease that began at a time is over, and not earlier than it should. */
	protected abstract void assertLasted(long startNanos);

	@Test
	void aRenewedLeaseDoesNotEnd() {
		Leases leases = leases();
		Leases other = leases();
		long revision = take(leases, "room", "a");
		long[] current = { revision };
		int[] renewals = { 0 };
		await(() -> {
			current[0] = get(leases.renew("room", "a", current[0])).orElseThrow();
			assertThat(get(other.take("room", "b"))).isEmpty();
			return ++renewals[0];
		}, (count) -> count * STEP.toMillis() > 2 * LENGTH.toMillis());
	}

	private <T> T await(Supplier<T> attempt, Predicate<T> isEnough) {
		return Awaitility.await().pollDelay(Duration.ZERO).pollInterval(STEP).until(() -> {
			pass(STEP);
			return attempt.get();
		}, isEnough);
	}

	@Test
	void aRequestWithoutAConnectionFails() {
		Bus bus = bus();
		Leases leases = bus.newLeases("owners", LENGTH);
		take(leases, "room", "a");
		interrupt(List.of(bus));
		CompletableFuture<OptionalLong> result = leases.take("room", "a");
		pass(LENGTH);
		assertThatExceptionOfType(ExecutionException.class).isThrownBy(() -> result.get(10, TimeUnit.SECONDS));
	}

}
