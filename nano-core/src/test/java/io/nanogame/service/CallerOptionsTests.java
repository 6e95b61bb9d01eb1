package io.nanogame.service;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeUnit;

import io.nanogame.lane.Lane;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.node.Node;
import io.nanogame.node.NodeSelector;
import io.nanogame.node.NodeSelectors;
import io.nanogame.observe.ServerEvents;
import io.nanogame.trace.Tracing;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The time-out of a caller, and the selection of its node.
 */
class CallerOptionsTests {

	private final ExecutorService workers = Executors.newFixedThreadPool(4);

	private final Lanes lanes = new Lanes(this.workers, 1000);

	private final Timers timers = new Timers(this.lanes.named("timer"), Duration.ofMillis(1));

	private final Services services = new Services(this.lanes, this.timers, Duration.ofMinutes(1), List.of(),
			ServerEvents.NONE, Tracing.NONE);

	private final OwnBank bank = new OwnBank();

	private final OtherNodes others = new OtherNodes();

	@AfterEach
	void stop() {
		this.timers.stop();
		this.workers.shutdownNow();
	}

	@Test
	void aRequestHasTheTimeOutOfItsCaller() {
		this.services.offer(Bank.class, this.bank);
		Bank hurried = Services.withTimeout(this.services.any(Bank.class), Duration.ofMillis(50));
		assertThat(hurried.later("ann")).failsWithin(Duration.ofSeconds(10))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(ServiceException.class)
			.withMessage("No answer from the service 'bank' within PT0.05S");
	}

	@Test
	void aCallHasTheTimeOutOfItsCaller() {
		Lane lane = this.lanes.create("busy");
		this.services.offer(Bank.class, "tea", this.bank, lane);
		CountDownLatch free = new CountDownLatch(1);
		lane.execute(() -> await(free));
		Bank hurried = Services.withTimeout(this.services.at(Bank.class, "tea"), Duration.ofMillis(50));
		assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> hurried.add("ann", 1))
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ServiceException.NO_ANSWER));
		free.countDown();
		assertThat(this.services.at(Bank.class, "tea").add("ann", 1)).as("not executed before").isOne();
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
	void anotherNodeReceivesTheTimeOut() {
		this.services.join(this.others);
		Services.withTimeout(this.services.on(Bank.class, "b"), Duration.ofSeconds(7)).add("ann", 1);
		this.services.on(Bank.class, "b").add("ann", 1);
		assertThat(this.others.timeouts).containsExactly(Duration.ofSeconds(7), Duration.ofMinutes(1));
	}

	@Test
	void aTimeOutMustBePositive() {
		Bank caller = this.services.any(Bank.class);
		assertThatIllegalArgumentException().isThrownBy(() -> Services.withTimeout(caller, Duration.ZERO))
			.withMessage("The time-out of a call must be positive, not PT0S");
		assertThatIllegalArgumentException().isThrownBy(() -> Services.withTimeout(caller, Duration.ofMillis(-1)));
	}

	@Test
	void aTimeOutMayBeLongerThanALife() {
		this.services.offer(Bank.class, this.bank);
		Bank patient = Services.withTimeout(this.services.any(Bank.class), Duration.ofSeconds(Long.MAX_VALUE));
		assertThat(patient.add("ann", 1)).isOne();
		assertThat(patient.audit()).failsWithin(Duration.ofSeconds(10));
	}

	@Test
	void onlyACallerHasATimeOut() {
		assertThatIllegalArgumentException().isThrownBy(() -> Services.withTimeout(this.bank, Duration.ofSeconds(1)))
			.withMessageEndingWith("is not a caller of a service");
	}

	@Test
	void aServerAloneCallsItsOwnServiceWhateverIsSelected() {
		NodeSelector selector = (candidates) -> {
			throw new AssertionError("There is nothing to select");
		};
		Bank caller = this.services.on(Bank.class, selector);
		assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> caller.add("ann", 1))
			.withMessage("Nobody offers the service 'bank'")
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ServiceException.NOT_THERE));
		this.services.offer(Bank.class, this.bank);
		assertThat(caller.add("ann", 1)).isOne();
	}

	@Test
	void eachCallAndRequestAndMessageGoesToTheSelectedNode() throws Exception {
		this.services.join(this.others);
		this.services.offer(Bank.class, this.bank);
		Bank caller = this.services.on(Bank.class, NodeSelectors.roundRobin());
		for (int i = 0; i < 3; i++) {
			caller.add("ann", 1);
		}
		for (int i = 0; i < 3; i++) {
			caller.note("hello");
		}
		for (int i = 0; i < 3; i++) {
			caller.later("ann");
		}
		assertThat(this.bank.notes.poll(5, TimeUnit.SECONDS)).as("on this node").isEqualTo("hello");
		assertThat(this.bank.notes).isEmpty();
		// Three in a row go to three nodes. The first one is random.
		assertThat(this.others.called.stream().sorted()).containsExactly("b add", "b later", "b note", "c add",
				"c later", "c note");
	}

	@Test
	void aKeySelectsOneNode() {
		this.services.join(this.others);
		for (int i = 0; i < 100; i++) {
			this.services.on(Bank.class, NodeSelectors.consistentHash("ann")).note("hello");
			this.services.on(Bank.class, NodeSelectors.label("asia", NodeSelectors.random())).note("hello");
		}
		assertThat(Set.copyOf(this.others.called)).containsExactlyInAnyOrder("b note", "c note").hasSize(2);
	}

	@Test
	void aCallWithoutACandidateFails() {
		this.others.nodes = List.of();
		this.services.join(this.others);
		Bank caller = this.services.on(Bank.class, NodeSelectors.random());
		assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> caller.add("ann", 1));
		assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> caller.note("hello"));
		assertThat(caller.later("ann")).failsWithin(Duration.ofSeconds(5))
			.withThrowableThat()
			.havingCause()
			.isInstanceOf(ServiceException.class)
			.withMessage("Nobody offers the service 'bank'");
		assertThat(this.others.called).isEmpty();
	}

	@Test
	void aServiceOfThisNodeIsCalledWhileItIsLeaving() {
		this.others.nodes = List.of();
		this.services.join(this.others);
		this.services.offer(Bank.class, this.bank);
		this.others.leaving = true;
		assertThat(this.services.on(Bank.class, NodeSelectors.random()).add("ann", 1)).isOne();
	}

	@Test
	void aSelectorThatInventsANodeIsReported() {
		this.services.join(this.others);
		Bank caller = this.services.on(Bank.class, (candidates) -> OtherNodes.node("x"));
		assertThatIllegalStateException().isThrownBy(() -> caller.add("ann", 1))
			.withMessage("The selector of the service 'bank' must return one of its candidates, not Node[x]");
		assertThat(caller.later("ann")).failsWithin(Duration.ofSeconds(5));
	}

	/** This node is a. */
	private static final class OtherNodes implements RemoteServices {

		final List<String> called = new ArrayList<>();

		final List<Duration> timeouts = new ArrayList<>();

		List<Node> nodes = List.of(node("b"), node("c"));

		boolean leaving;

		static Node node(String id) {
			return new Node(id, id, id.equals("c") ? "asia" : "", Map.of(), Set.of(), Set.of("bank"), Set.of(),
					Set.of(), false, false, 0);
		}

		@Override
		public Runnable claim(ServiceAddress name, NameOwner owner) {
			throw new UnsupportedOperationException();
		}

		@Override
		public boolean isThisNode(String node) {
			return node.equals("a");
		}

		@Override
		public List<Node> candidates(String service, boolean here) {
			List<Node> candidates = new ArrayList<>(this.nodes);
			if (here && !this.leaving) {
				candidates.add(0, node("a"));
			}
			return candidates;
		}

		@Override
		public void send(ServiceAddress address, ServiceMethod method, Object[] arguments,
				Map<String, String> headers) {
			this.called.add(address.node() + " " + method.name());
		}

		@Override
		public CompletableFuture<@Nullable Object> call(ServiceAddress address, ServiceMethod method,
				Object[] arguments, Map<String, String> headers, Duration timeout) {
			this.timeouts.add(timeout);
			this.called.add(address.node() + " " + method.name());
			return CompletableFuture.completedFuture(1);
		}

		@Override
		public void offered(Offer<?> offer) {
		}

		@Override
		public void withdrawn(Offer<?> offer) {
		}

	}

}
