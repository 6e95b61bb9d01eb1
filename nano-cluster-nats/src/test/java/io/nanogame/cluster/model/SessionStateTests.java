package io.nanogame.cluster.model;

import java.security.Principal;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.nanogame.cluster.bus.memory.Faults;
import io.nanogame.cluster.bus.memory.MemoryBus;
import io.nanogame.cluster.frame.Login;
import io.nanogame.cluster.frame.PrincipalCodec;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The state of one session on its gateway and on a backend that stay connected.
 */
class SessionStateTests {

	private static final Faults LOSS = new Faults() {

		@Override
		public Duration delay(MemoryBus from, MemoryBus to, String subject) {
			return (from == to) ? Duration.ZERO : LOST;
		}

	};

	/** Messages in flight, so that two nodes can change the same property at once. */
	private static final Faults SLOW = new Faults() {

		@Override
		public Duration delay(MemoryBus from, MemoryBus to, String subject) {
			return Duration.ofMillis(10);
		}

	};

	private final ModelCluster cluster = new ModelCluster(1);

	private final SlowCodec logins = new SlowCodec(this.cluster);

	private final ModelNode room = this.cluster.node("room", LoginPolicy.SEVERAL)
		.route("room.hello", (request) -> "hello")
		.start(false);

	private final ModelNode gate = this.cluster.node("gate", LoginPolicy.SEVERAL).start(true);

	private final List<ModelClient.Frame> received = new ArrayList<>();

	private final ModelClient client = connect();

	private final Session here = this.gate.sessions.all().iterator().next();

	private final Session there = this.room.sessions.all().iterator().next();

	private ModelClient connect() {
		this.cluster.settle();
		ModelClient connected = this.gate.connect(this.received::add);
		connected.request("room.hello", "");
		this.cluster.advance(Duration.ofMillis(10));
		return connected;
	}

	/** A lost message is noticed once a heartbeat, and compared four times in one. */
	private void awaitRepair() {
		this.cluster.network.setFaults(Faults.NONE);
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(2));
	}

	@Test
	void concurrentChangesOfAnAttributeEndWithTheSameValue() {
		this.cluster.network.setFaults(SLOW);
		for (int i = 0; i < 200; i++) {
			this.here.attributes().set("a", i);
			this.there.attributes().set("a", -i);
			this.cluster.advance(Duration.ofMillis(this.cluster.random.nextInt(15)));
		}
		this.cluster.advance(Duration.ofMillis(50));
		assertThat(this.there.attributes().getInt("a")).isEqualTo(this.here.attributes().getInt("a"));
	}

	@Test
	void aNodeSeesItsOwnChangeImmediatelyAndUntilItIsAccepted() {
		this.cluster.network.setFaults(SLOW);
		this.here.attributes().set("a", 1);
		this.cluster.advance(Duration.ofMillis(5));
		this.there.attributes().set("a", 2);
		// The change of the gateway arrives before it knows that of the backend.
		this.cluster.advance(Duration.ofMillis(6));
		assertThat(this.there.attributes().getInt("a")).isEqualTo(2);
		assertThat(this.here.attributes().getInt("a")).isOne();
		this.cluster.advance(Duration.ofMillis(20));
		assertThat(this.here.attributes().getInt("a")).isEqualTo(2);
		assertThat(this.there.attributes().getInt("a")).isEqualTo(2);
	}

	@Test
	void ofTwoBindingsAtOnceThatOfTheGatewayStays() {
		this.cluster.network.setFaults(SLOW);
		this.here.bind("ann");
		this.there.bind("bob");
		this.cluster.advance(Duration.ofMillis(50));
		assertThat(this.here.uid()).isEqualTo("ann");
		assertThat(this.there.uid()).isEqualTo("ann");
		assertThat(this.here.isOpen()).isTrue();
		assertThat(this.there.isOpen()).isTrue();
	}

	@Test
	void aLostChangeOfTheGatewayIsRepaired() {
		this.here.attributes().set("color", "red");
		this.cluster.advance(Duration.ofMillis(10));
		assertThat(this.there.attributes().getString("color")).isEqualTo("red");
		this.cluster.network.setFaults(LOSS);
		this.here.attributes().remove("color");
		this.here.bind("ann");
		awaitRepair();
		assertThat(this.there.attributes().has("color")).isFalse();
		assertThat(this.there.uid()).isEqualTo("ann");
	}

	@Test
	void aLostChangeOfTheBackendIsRepeated() {
		this.cluster.network.setFaults(LOSS);
		this.there.attributes().set("color", "red");
		this.there.bind("ann");
		awaitRepair();
		assertThat(this.here.attributes().getString("color")).isEqualTo("red");
		assertThat(this.here.uid()).isEqualTo("ann");
		assertThat(this.there.uid()).isEqualTo("ann");
	}

	@Test
	void aLostChangeOfAStateThatIsTooLongForOneMessageIsRepaired() {
		for (String name : List.of("left", "right")) {
			this.here.attributes().set(name, name.repeat(150 * 1024));
		}
		this.here.attributes().set("color", "red");
		this.cluster.advance(Duration.ofMillis(10));
		this.cluster.network.setFaults(LOSS);
		this.here.attributes().remove("color");
		this.there.attributes().set("level", 7);
		awaitRepair();
		this.here.attributes().set("shape", "round");
		this.cluster.advance(Duration.ofMillis(10));
		assertThat(this.here.attributes().state()).containsOnlyKeys("left", "right", "level", "shape");
		assertThat(this.there.attributes().state()).isEqualTo(this.here.attributes().state());
	}

	@Test
	void aLostPrincipalOfTheBackendIsRepeated() {
		this.cluster.network.setFaults(LOSS);
		this.there.principal(new PrincipalCodec.NamedPrincipal("ann"));
		awaitRepair();
		assertThat(this.here.principal()).isEqualTo(this.there.principal()).isNotNull();
	}

	@Test
	void theLastOfTwoPrincipalsAtOnceIsTheLastOnAllNodes() throws InterruptedException {
		for (Session session : List.of(this.there, this.here)) {
			Thread other = new Thread(() -> session.principal(new PrincipalCodec.NamedPrincipal("bob")));
			this.logins.beforeNextWrite = () -> {
				other.start();
				// It either sends its change, or waits for the one of this thread.
				while (other.isAlive() && other.getState() != Thread.State.BLOCKED) {
					Thread.onSpinWait();
				}
			};
			session.principal(new PrincipalCodec.NamedPrincipal("ann"));
			other.join();
			this.cluster.advance(Duration.ofMillis(10));
			assertThat(session.principal()).isEqualTo(new PrincipalCodec.NamedPrincipal("bob"));
			assertThat(this.here.principal()).isEqualTo(this.there.principal());
			session.principal(null);
			this.cluster.advance(Duration.ofMillis(10));
		}
	}

	@Test
	void aChangeThatTheGatewayCouldNotPassOnIsNotSentToIt() {
		ModelNode second = this.cluster.node("r", LoginPolicy.SEVERAL).route("hall.hello", (request) -> "hello");
		second.start(false);
		this.cluster.settle();
		this.client.request("hall.hello", "");
		this.cluster.advance(Duration.ofMillis(10));
		Session third = second.sessions.all().iterator().next();
		// The shorter name of this node leaves more space than that of the gateway.
		boolean isSent = true;
		for (int length = 1024 * 1024 - 400; length < 1024 * 1024; length++) {
			String name = "long" + length % 2;
			third.attributes().set(name, "x".repeat(length));
			this.cluster.advance(Duration.ZERO);
			boolean isHere = this.here.attributes().getString(name).length() == length;
			assertThat(this.there.attributes().getString(name).length() == length).as("length %d", length)
				.isEqualTo(isHere);
			assertThat(isHere && !isSent).isFalse();
			isSent = isHere;
		}
		assertThat(isSent).isFalse();
	}

	@Test
	void aLostEndOfASessionIsNoticed() {
		this.cluster.network.setFaults(LOSS);
		this.client.close();
		this.cluster.advance(Duration.ofMillis(10));
		assertThat(this.here.isOpen()).isFalse();
		assertThat(this.there.isOpen()).isTrue();
		awaitRepair();
		assertThat(this.there.isOpen()).isFalse();
	}

	@Test
	void aSessionThatIsClosedWhileItsCopyIsReplacedEndsOnBothNodes() {
		// The order of the tasks of one moment depends on the seed.
		for (int seed = 1; seed <= 50; seed++) {
			ModelCluster other = new ModelCluster(seed);
			ModelNode backend = other.node("room", LoginPolicy.SEVERAL)
				.route("room.hello", (request) -> "hello")
				.start(false);
			ModelNode gateway = other.node("gate", LoginPolicy.SEVERAL).start(true);
			other.settle();
			gateway.connect((frame) -> {
			}).request("room.hello", "");
			other.advance(Duration.ofMillis(10));
			Session copy = backend.sessions.all().iterator().next();
			other.network.setFaults(LOSS);
			copy.attributes().set("lost", 1);
			other.network.setFaults(Faults.NONE);
			copy.attributes().set("requires", "a snapshot");
			Session owner = gateway.sessions.all().iterator().next();
			other.steps.pool().execute(owner::close);
			// Earlier than lost messages are noticed.
			other.advance(Duration.ofMillis(10));
			assertThat(backend.sessions.all()).as("sessions on the backend with seed %d", seed).isEmpty();
		}
	}

	@Test
	void withoutALossNothingIsCompared() {
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(3));
		long before = this.cluster.network.published();
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(10));
		// Each node announces itself, and sends a message to itself.
		assertThat(this.cluster.network.published() - before).isEqualTo(2 * 2 * 10);
	}

	@Test
	void anAttributeThatIsTooLongStaysAndLaterOnesAreSent() {
		this.here.attributes().set("large", "x".repeat(1024 * 1024));
		this.there.attributes().set("huge", "y".repeat(1024 * 1024));
		this.here.attributes().set("color", "red");
		this.there.attributes().set("level", 7);
		this.cluster.advance(ModelCluster.HEARTBEAT);
		assertThat(this.there.attributes().getString("color")).isEqualTo("red");
		assertThat(this.here.attributes().getInt("level")).isEqualTo(7);
		assertThat(this.there.attributes().has("large")).isFalse();
		assertThat(this.here.attributes().has("huge")).isFalse();
	}

	/** Another change can happen while a principal is converted. */
	private static final class SlowCodec implements PrincipalCodec {

		private Runnable beforeNextWrite = () -> {
		};

		private SlowCodec(ModelCluster cluster) {
			cluster.principals = this;
		}

		@Override
		public @Nullable Login write(@Nullable Principal principal) {
			Runnable action = this.beforeNextWrite;
			this.beforeNextWrite = () -> {
			};
			action.run();
			return NAMES.write(principal);
		}

		@Override
		public Principal read(Login login) {
			return NAMES.read(login);
		}

	}

}
