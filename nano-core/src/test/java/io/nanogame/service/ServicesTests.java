package io.nanogame.service;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.stream.IntStream;

import io.nanogame.lane.Lane;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.observe.CallObserver;
import io.nanogame.observe.ServerEvents;
import io.nanogame.trace.Tracing;
import kotlin.coroutines.Continuation;
import org.assertj.core.api.ThrowableTypeAssert;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * Services within one node.
 */
class ServicesTests {

	private final ExecutorService workers = Executors.newFixedThreadPool(4);

	private final Lanes lanes = new Lanes(this.workers, 1000);

	private final Timers timers = new Timers(this.lanes.named("timer"), Duration.ofMillis(1));

	private final BlockingQueue<String> observed = new LinkedBlockingQueue<>();

	private final Services services = services(Duration.ofSeconds(10));

	private final OwnBank bank = new OwnBank();

	private Services services(Duration timeout) {
		return new Services(this.lanes, this.timers, timeout, List.of(), new ServerEvents() {

			@Override
			public CallObserver calls(String service) {
				return (outcome, nanos) -> ServicesTests.this.observed.add(service + " " + outcome);
			}

		}, Tracing.NONE);
	}

	@AfterEach
	void stop() {
		this.timers.stop();
		this.workers.shutdownNow();
	}

	@Test
	void aCallWaitsForTheResult() {
		this.services.offer(Bank.class, this.bank);
		Bank caller = this.services.any(Bank.class);
		assertThat(caller.add("ann", 3)).isEqualTo(3);
		assertThat(caller.add("ann", 4)).isEqualTo(7);
	}

	@Test
	void anAsynchronousCallCompletesLater() throws Exception {
		this.services.offer(Bank.class, this.bank);
		CompletableFuture<Integer> result = this.services.any(Bank.class).later("ann").toCompletableFuture();
		Awaitility.await().until(() -> !this.bank.pending.isEmpty());
		assertThat(result).isNotDone();
		this.bank.pending.get(0).complete(5);
		assertThat(result.get(5, TimeUnit.SECONDS)).isEqualTo(5);
	}

	@Test
	void aSendDoesNotWait() throws Exception {
		this.services.offer(Bank.class, this.bank);
		this.services.any(Bank.class).note("hello");
		assertThat(this.bank.notes.poll(5, TimeUnit.SECONDS)).isEqualTo("hello");
	}

	@Test
	void callsOfAllThreadsRunOneAtATime() {
		this.services.offer(Bank.class, this.bank);
		Bank caller = this.services.any(Bank.class);
		List<Thread> threads = IntStream.range(0, 8).mapToObj((i) -> new Thread(() -> {
			for (int n = 0; n < 500; n++) {
				caller.add("ann", 1);
			}
		})).toList();
		threads.forEach(Thread::start);
		threads.forEach(ServicesTests::join);
		assertThat(this.bank.accounts).containsEntry("ann", 4000);
	}

	private static void join(Thread thread) {
		try {
			thread.join();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void withinANodeObjectsArePassedByReference() {
		this.services.offer(Bank.class, this.bank);
		Object value = new Object();
		assertThat(this.services.any(Bank.class).same(value)).isSameAs(value);
		assertThat(this.services.any(Bank.class).same(null)).isNull();
	}

	@Test
	void aRejectionReachesTheCaller() {
		this.services.offer(Bank.class, this.bank);
		Bank caller = this.services.any(Bank.class);
		assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> caller.add("ann", -1))
			.withMessage("no money")
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(409));
		assertThatExceptionOfType(CompletionException.class).isThrownBy(() -> caller.audit().join())
			.havingCause()
			.isInstanceOf(ServiceException.class)
			.withMessage("locked");
	}

	@Test
	void otherFailuresReachTheCallerWithoutDetails() {
		this.services.offer(Bank.class, this.bank);
		assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> this.services.any(Bank.class).add("ann", 0))
			.withMessage("Method 'add' of the service 'bank' failed")
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ServiceException.FAILED));
	}

	@Test
	void aServiceFailsWhenAServiceThatItCallsIsMissing() {
		this.services.offer(RelayService.class, new Relay(this.services.any(Bank.class)));
		assertThatExceptionOfType(ServiceException.class)
			.isThrownBy(() -> this.services.any(RelayService.class).add("ann", 1))
			.withMessage("Method 'add' of the service 'relay' failed");
	}

	@Test
	void callsOfAServiceThatIsNotOfferedFail() {
		Bank caller = this.services.any(Bank.class);
		assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> caller.add("ann", 1))
			.withMessage("Nobody offers the service 'bank'")
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ServiceException.NOT_THERE));
		assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> caller.note("hello"));
		assertThat(caller.later("ann")).failsWithin(Duration.ofSeconds(5))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(ServiceException.class);
		assertThatExceptionOfType(ServiceException.class)
			.isThrownBy(() -> this.services.on(Bank.class, "elsewhere").add("ann", 1))
			.withMessage("Nobody offers the service 'bank' on node elsewhere");
	}

	@Test
	void aCallerMayBeCreatedBeforeItsServiceAndOutliveIt() {
		Bank caller = this.services.any(Bank.class);
		Offer<Bank> offer = this.services.offer(Bank.class, this.bank);
		assertThat(caller.add("ann", 1)).isOne();
		offer.close();
		offer.close();
		assertThat(this.services.names()).isEmpty();
		assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> caller.add("ann", 1));
		this.services.offer(Bank.class, this.bank);
		assertThat(caller.add("ann", 1)).isEqualTo(2);
	}

	@Test
	void aLateResultIsIgnored() {
		Services impatient = services(Duration.ofSeconds(1));
		impatient.offer(Bank.class, this.bank);
		assertThat(impatient.any(Bank.class).later("ann")).failsWithin(Duration.ofSeconds(5))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(ServiceException.class)
			.withMessage("No answer from the service 'bank' within PT1S");
		Awaitility.await().until(() -> this.bank.pending.get(0).isCancelled());
	}

	@Test
	void aCallWhoseTimeOutElapsesInTheMailboxIsNotExecuted() throws Exception {
		Services impatient = services(Duration.ofMillis(50));
		Lane lane = this.lanes.create("busy");
		impatient.offer(Bank.class, null, this.bank, lane);
		CountDownLatch free = new CountDownLatch(1);
		lane.execute(() -> await(free));
		assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> impatient.any(Bank.class).add("ann", 1))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ServiceException.NO_ANSWER));
		free.countDown();
		impatient.any(Bank.class).note("behind it");
		assertThat(this.bank.notes.poll(5, TimeUnit.SECONDS)).isEqualTo("behind it");
		assertThat(this.bank.accounts).isEmpty();
	}

	private static void await(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void aCancelledRequestIsCancelledAtTheService() {
		this.services.offer(Bank.class, this.bank);
		CompletableFuture<Integer> result = this.services.any(Bank.class).later("ann").toCompletableFuture();
		Awaitility.await().until(() -> !this.bank.pending.isEmpty());
		result.cancel(true);
		Awaitility.await().until(() -> this.bank.pending.get(0).isCancelled());
	}

	@Test
	void aFullMailboxRejectsCalls() {
		Lane lane = new Lane("small", this.workers, 1);
		this.services.offer(Bank.class, null, this.bank, lane);
		CountDownLatch free = new CountDownLatch(1);
		lane.execute(() -> await(free));
		Bank caller = this.services.any(Bank.class);
		assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> caller.add("ann", 1))
			.withMessage("The mailbox of the service 'bank' is full")
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ServiceException.NOT_THERE));
		assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> caller.note("hello"));
		free.countDown();
	}

	@Test
	void aServiceMayCallItself() {
		this.services.offer(Bank.class, new OwnBank() {
			@Override
			public Object same(Object value) {
				return ServicesTests.this.services.any(Bank.class).add("ann", 1);
			}
		});
		assertThat(this.services.any(Bank.class).same("")).isEqualTo(1);
	}

	@Test
	void instancesAreCalledByTheirNames() {
		OwnBank other = new OwnBank();
		Offer<Bank> tea = this.services.offer(Bank.class, "tea room", this.bank, this.lanes.create("tea"));
		this.services.offer(Bank.class, "coffee room", other, this.lanes.create("coffee"));
		assertThat(this.services.at(Bank.class, "tea room").add("ann", 1)).isOne();
		assertThat(this.services.at(Bank.class, "coffee room").add("ann", 2)).isEqualTo(2);
		assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> this.services.any(Bank.class).add("ann", 1));
		tea.close();
		assertThatExceptionOfType(ServiceException.class)
			.isThrownBy(() -> this.services.at(Bank.class, "tea room").add("ann", 1))
			.withMessage("Nobody offers the service 'bank' named 'tea room'")
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ServiceException.NO_SUCH_INSTANCE));
		assertThat(this.services.names()).containsExactly("bank");
	}

	@Test
	void aNameThatIsTooLongIsRejected() {
		assertThatIllegalArgumentException()
			.isThrownBy(() -> this.services.offer(Bank.class, "x".repeat(8193), this.bank, this.lanes.create("long")))
			.withMessage("The name of an instance must not be longer than 8192 characters, and this one has 8193");
		assertThat(this.services.names()).isEmpty();
	}

	@Test
	void aSendToAllReachesEachInstance() throws Exception {
		OwnBank other = new OwnBank();
		this.services.all(Bank.class).note("not delivered");
		this.services.offer(Bank.class, this.bank);
		this.services.offer(Bank.class, "room", other, this.lanes.create("room"));
		this.services.all(Bank.class).note("hello");
		assertThat(this.bank.notes.poll(5, TimeUnit.SECONDS)).isEqualTo("hello");
		assertThat(other.notes.poll(5, TimeUnit.SECONDS)).isEqualTo("hello");
		assertThatExceptionOfType(UnsupportedOperationException.class)
			.isThrownBy(() -> this.services.all(Bank.class).add("ann", 1))
			.withMessage("Only void methods can be called on all instances, not 'add'");
	}

	@Test
	void aServiceMayTickAsLongAsItIsOffered() {
		BlockingQueue<Boolean> ticks = new LinkedBlockingQueue<>();
		Lane lane = this.lanes.create("ticking");
		Offer<Bank> offer = this.services.offer(Bank.class, null, new TickingBank(() -> ticks.add(lane.isCurrent())),
				lane);
		Awaitility.await().until(() -> ticks.size() >= 3);
		assertThat(ticks).doesNotContain(false);
		offer.close();
		assertThat(this.timers.count()).isZero();
	}

	@Test
	void callsAreObserved() throws Exception {
		this.services.offer(Bank.class, this.bank);
		Bank caller = this.services.any(Bank.class);
		caller.add("ann", 1);
		assertThat(this.observed.poll(5, TimeUnit.SECONDS)).isEqualTo("bank SUCCESS");
		assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> caller.add("ann", -1));
		assertThat(this.observed.poll(5, TimeUnit.SECONDS)).isEqualTo("bank REFUSED");
		assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> caller.add("ann", 0));
		assertThat(this.observed.poll(5, TimeUnit.SECONDS)).isEqualTo("bank FAILED");
		caller.later("ann").toCompletableFuture().cancel(true);
		assertThat(this.observed.poll(5, TimeUnit.SECONDS)).isEqualTo("bank CANCELLED");
		this.services.offers().find("bank", null).close();
		assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> caller.add("ann", 1));
		assertThat(this.observed.poll(5, TimeUnit.SECONDS)).isEqualTo("bank NOT_THERE");
	}

	@Test
	void aNodeOffersAServiceOnce() {
		this.services.offer(Bank.class, this.bank);
		assertThatIllegalStateException().isThrownBy(() -> this.services.offer(Bank.class, new OwnBank()))
			.withMessage("This node already offers the service 'bank'");
		assertThat(this.services.any(Bank.class).add("ann", 1)).isOne();
		assertThat(this.bank.accounts).containsEntry("ann", 1);
	}

	@Test
	void anInterfaceThatCannotBeAServiceIsRejected() {
		refused().isThrownBy(() -> this.services.any(Runnable.class))
			.withMessage("java.lang.Runnable is not an interface with @NanoService");
		refused().isThrownBy(() -> this.services.any(Overloaded.class))
			.withMessageContaining("has two methods named say");
		refused().isThrownBy(() -> this.services.any(WithDefault.class)).withMessageContaining("is a default method");
		refused().isThrownBy(() -> this.services.any(Raw.class))
			.withMessageContaining("must declare the type argument of its CompletableFuture");
		refused().isThrownBy(() -> this.services.any(Nameless.class))
			.withMessageContaining("has no name")
			.satisfies((ex) -> assertThat(ex.type()).isEqualTo(Nameless.class));
		refused().isThrownBy(() -> this.services.any(Suspending.class)).withMessageContaining("is a suspend function");
	}

	@Test
	void aNameThatCannotBeResolvedIsRejected() {
		Services services = new Services(this.lanes, this.timers, Duration.ofSeconds(1), (name) -> {
			throw new IllegalArgumentException("no value for " + name);
		}, List.of(), ServerEvents.NONE, Tracing.NONE);
		refused().isThrownBy(() -> services.any(Bank.class))
			.withMessage("The name in the @NanoService of %s cannot be resolved: no value for bank"
				.formatted(Bank.class.getName()))
			.satisfies((ex) -> assertThat(ex.type()).isEqualTo(Bank.class));
	}

	private static ThrowableTypeAssert<InvalidServiceTypeException> refused() {
		return assertThatExceptionOfType(InvalidServiceTypeException.class);
	}

	@Test
	void aCallerIsAnObject() {
		Bank caller = this.services.any(Bank.class);
		assertThat(caller).isEqualTo(caller).isNotEqualTo(this.services.any(Bank.class));
		assertThat(caller).hasToString("Caller of the service 'bank'").hasSameHashCodeAs(caller);
		assertThat(Services.isCaller(caller)).isTrue();
		assertThat(Services.isCaller(this.bank)).isFalse();
	}

	@NanoService("suspending")
	interface Suspending {

		@Nullable Object say(String words, Continuation<? super String> rest);

	}

	@NanoService("relay")
	interface RelayService {

		int add(String account, int coins);

	}

	private record Relay(Bank bank) implements RelayService {

		@Override
		public int add(String account, int coins) {
			return this.bank.add(account, coins);
		}

	}

	private static final class TickingBank extends OwnBank implements Ticking {

		private final Runnable onTick;

		TickingBank(Runnable onTick) {
			this.onTick = onTick;
		}

		@Override
		public Duration interval() {
			return Duration.ofMillis(5);
		}

		@Override
		public void tick() {
			this.onTick.run();
		}

	}

	@NanoService("overloaded")
	interface Overloaded {

		void say(String text);

		void say(int number);

	}

	@NanoService("default")
	interface WithDefault {

		default void say() {
		}

	}

	@NanoService("raw")
	interface Raw {

		@SuppressWarnings("rawtypes")
		CompletableFuture say();

	}

	@NanoService("")
	interface Nameless {

	}

}
