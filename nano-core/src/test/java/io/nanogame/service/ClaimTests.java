package io.nanogame.service;

import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

import io.nanogame.lane.Lane;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.observe.ServerEvents;
import io.nanogame.trace.Tracing;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Claimed names on a server without a cluster.
 */
class ClaimTests {

	private final ExecutorService workers = Executors.newFixedThreadPool(4);

	private final Lanes lanes = new Lanes(this.workers, 1000);

	private final Timers timers = new Timers(this.lanes.named("timer"), Duration.ofMillis(1));

	private final Services services = new Services(this.lanes, this.timers, Duration.ofSeconds(10), List.of(),
			ServerEvents.NONE, Tracing.NONE);

	private final OwnBank bank = new OwnBank();

	private final Lane lane = this.lanes.create("bank");

	@AfterEach
	void stop() {
		this.timers.stop();
		this.workers.shutdownNow();
	}

	@Test
	void aServerAloneIsTheOwner() {
		AtomicLong fence = new AtomicLong(-1);
		Claim claim = this.services.claim(Bank.class, "north", this.lane, (given) -> {
			fence.set(given);
			return this.bank;
		});
		Awaitility.await().until(claim::isHeld);
		assertThat(fence).hasValue(0);
		assertThat(this.services.at(Bank.class, "north").add("ann", 3)).isEqualTo(3);
	}

	@Test
	void anInstanceWhoseClaimIsClosedCannotBeCalled() {
		Claim claim = this.services.claim(Bank.class, "north", this.lane, (fence) -> this.bank);
		Awaitility.await().until(claim::isHeld);
		claim.close();
		assertThat(claim.isHeld()).isFalse();
		assertThatExceptionOfType(ServiceException.class)
			.isThrownBy(() -> this.services.at(Bank.class, "north").add("ann", 3))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ServiceException.NO_SUCH_INSTANCE));
		Claim next = this.services.claim(Bank.class, "north", this.lane, (fence) -> this.bank);
		Awaitility.await().until(next::isHeld);
	}

	@Test
	void aClaimThatIsClosedWhileItsInstanceIsCreatedOffersNothing() throws Exception {
		CountDownLatch begun = new CountDownLatch(1);
		CountDownLatch free = new CountDownLatch(1);
		CountDownLatch done = new CountDownLatch(1);
		Claim claim = this.services.claim(Bank.class, "north", this.lane, (fence) -> {
			begun.countDown();
			free.await();
			done.countDown();
			return this.bank;
		});
		assertThat(begun.await(10, TimeUnit.SECONDS)).isTrue();
		claim.close();
		free.countDown();
		assertThat(done.await(10, TimeUnit.SECONDS)).isTrue();
		assertThat(claim.isHeld()).isFalse();
		Awaitility.await().untilAsserted(() -> assertThat(this.services.names()).isEmpty());
	}

	@Test
	void aNameIsClaimedOnceAndNotEmpty() {
		this.services.claim(Bank.class, "north", this.lane, (fence) -> this.bank);
		assertThatIllegalStateException()
			.isThrownBy(() -> this.services.claim(Bank.class, "north", this.lane, (fence) -> this.bank))
			.withMessage("This node already claims the service 'bank' named 'north'");
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.services.claim(Bank.class, "", this.lane, (fence) -> this.bank));
	}

	@Test
	void aNameMustNotBeClaimedBeforeTheNodeJoinsItsCluster() {
		this.services.claim(Bank.class, "north", this.lane, (fence) -> this.bank);
		assertThatIllegalStateException().isThrownBy(() -> this.services.join(RemoteServices.NONE))
			.withMessage("the service 'bank' named 'north' was claimed before this node has joined its cluster; "
					+ "claim names when the app has started");
	}

	@Test
	void aLocalServiceCannotBeClaimed() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.services.claim(Safe.class, "north", this.lane, (fence) -> () -> {
			}))
			.withMessage("The service 'safe' is local, so each node has one of its own");
	}

	@Test
	void aCallInTheMailboxOfAnEndedTenureIsNotExecuted() throws Exception {
		EndingTenure tenure = new EndingTenure();
		Offer<Bank> offer = new Offer<>(this.services,
				ServiceType.of(Bank.class, (name) -> name, List.of(AsyncResult.STAGE)), "north", this.bank, this.lane,
				tenure);
		tenure.held = false;
		ServiceMethod add = offer.type().method("add");
		assertThatExceptionOfType(ExecutionException.class)
			.isThrownBy(() -> offer.run(add, () -> new Object[] { "ann", 1 }, Map.of()).get(10, TimeUnit.SECONDS))
			.withMessageContaining("The node is no longer the owner of the service 'bank' named 'north'");
		tenure.held = true;
		assertThat(offer.run(add, () -> new Object[] { "ann", 1 }, Map.of()).get(10, TimeUnit.SECONDS)).isEqualTo(1);
	}

	@NanoService(value = "safe", local = true)
	interface Safe {

		void open();

	}

	private static final class EndingTenure implements Tenure {

		private volatile boolean held = true;

		@Override
		public long fence() {
			return 1;
		}

		@Override
		public boolean isHeld() {
			return this.held;
		}

		@Override
		public void release() {
			this.held = false;
		}

	}

}
