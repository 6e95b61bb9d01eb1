package io.nanogame.cluster.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

import io.nanogame.cluster.bus.memory.Faults;
import io.nanogame.cluster.bus.memory.MemoryBus;
import io.nanogame.session.CloseReason;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Reports of a backend about a session that are lost on the way to its gateway.
 */
class LostReportsTests {

	private static final Duration MOMENT = Duration.ofMillis(10);

	private static final Duration PARTITION = ModelCluster.HEARTBEAT.multipliedBy(6);

	private final ModelCluster cluster = new ModelCluster(1);

	private final ModelNode room = this.cluster.node("room", LoginPolicy.SEVERAL)
		.route("room.hello", (request) -> "room")
		.route("room.leave", (request) -> {
			request.session().kick("bye");
			return "left";
		})
		.route("room.bye", (request) -> {
			request.defer().reply("left");
			request.session().kick("bye");
			return null;
		});

	private final ModelNode hall = this.cluster.node("hall", LoginPolicy.SEVERAL)
		.route("hall.hello", (request) -> "hall");

	private final ModelNode gate = this.cluster.node("gate", LoginPolicy.SEVERAL)
		.route("gate.hello", (request) -> "gate");

	private final List<ModelClient.Frame> received = new ArrayList<>();

	@BeforeEach
	void start() {
		this.room.start(false);
		this.hall.start(false);
		this.gate.start(true);
		this.cluster.settle();
	}

	/** The first message opens the session of a client. */
	private ModelClient connect() {
		ModelClient client = this.gate.connect(this.received::add);
		client.request("gate.hello", "");
		this.cluster.advance(MOMENT);
		this.received.clear();
		return client;
	}

	/** Introduces the session of a client to the room. */
	private ModelClient connectAndGreet() {
		ModelClient client = connect();
		client.request("room.hello", "");
		this.cluster.advance(MOMENT);
		return client;
	}

	private Session here() {
		return this.gate.sessions.all().iterator().next();
	}

	private Session there() {
		return this.room.sessions.all().iterator().next();
	}

	/** From now on all messages of a node for another one are lost. */
	private void lose(ModelNode from, ModelNode to) {
		this.cluster.network.setFaults(new Faults() {

			@Override
			public Duration delay(MemoryBus sender, MemoryBus recipient, String subject) {
				return (sender == from.bus && recipient == to.bus) ? LOST : Duration.ZERO;
			}

		});
	}

	private void separate() {
		this.cluster.network.setFaults(new Faults() {

			@Override
			public boolean isReachable(MemoryBus from, MemoryBus to) {
				return from == to;
			}

		});
	}

	/** A lost message is noticed once a heartbeat, and compared four times in one. */
	private void awaitRepair() {
		this.cluster.network.setFaults(Faults.NONE);
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(2));
	}

	private static void expectKicked(Session session) {
		CloseReason reason = Objects.requireNonNull(session.closeReason(), "open");
		assertThat(reason.message()).isEqualTo("bye");
		assertThat(reason.reconnect()).isFalse();
	}

	@Test
	void aLostRequestFailsWhenTheLossIsNoticedAndIsNotHandledLater() {
		ModelClient client = connectAndGreet();
		this.received.clear();
		lose(this.gate, this.room);
		client.request("room.leave", "");
		this.cluster.advance(MOMENT);
		assertThat(this.received).isEmpty();
		awaitRepair();
		assertThat(this.received).extracting(ModelClient.Frame::code).containsExactly("503");
		assertThat(here().isOpen()).isTrue();
		client.request("room.hello", "");
		this.cluster.advance(MOMENT);
		assertThat(this.received).hasSize(2).last().extracting(ModelClient.Frame::code).isNull();
	}

	@Test
	void aLostEndIsRepeatedWithItsReason() {
		connectAndGreet();
		Session here = here();
		lose(this.room, this.gate);
		there().kick("bye");
		this.cluster.advance(MOMENT);
		assertThat(here.isOpen()).isTrue();
		awaitRepair();
		expectKicked(here);
	}

	@Test
	void anEndThatIsLostWithTheFirstReplyIsRepeated() {
		ModelClient client = connect();
		Session here = here();
		lose(this.room, this.gate);
		client.request("room.leave", "");
		this.cluster.advance(MOMENT);
		assertThat(here.isOpen()).isTrue();
		awaitRepair();
		expectKicked(here);
		assertThat(this.room.sessions.all()).isEmpty();
	}

	@Test
	void anEndIsRepeatedWhenTheGatewayStillSendsMessages() {
		ModelClient client = connectAndGreet();
		Session here = here();
		lose(this.room, this.gate);
		there().kick("bye");
		this.cluster.advance(MOMENT);
		this.cluster.network.setFaults(Faults.NONE);
		client.request("room.hello", "");
		this.cluster.advance(MOMENT);
		expectKicked(here);
	}

	@Test
	void anEndDuringALongPartitionIsRepeated() {
		connectAndGreet();
		Session here = here();
		separate();
		there().kick("bye");
		this.cluster.advance(PARTITION);
		assertThat(here.isOpen()).isTrue();
		awaitRepair();
		expectKicked(here);
	}

	@Test
	void aLostEndOfAMemberOfAGroupIsRepeated() {
		connect();
		Session here = here();
		this.room.groups.get("all");
		this.gate.groups.get("all").add(here);
		this.cluster.advance(MOMENT);
		assertThat(this.room.sessions.all()).isEmpty();
		lose(this.room, this.gate);
		this.room.groups.get("all").members().iterator().next().kick("bye");
		this.cluster.advance(MOMENT);
		assertThat(here.isOpen()).isTrue();
		awaitRepair();
		expectKicked(here);
	}

	@Test
	void aConfirmedEndIsNotRepeated() {
		long before = messagesOfAReconnect();
		connectAndGreet();
		Session here = here();
		Session there = there();
		// Both end it, so the gateway does not find it any more.
		lose(this.gate, this.room);
		here.kick("bye");
		this.cluster.advance(MOMENT);
		there.kick("bye");
		awaitRepair();
		assertThat(messagesOfAReconnect()).isEqualTo(before);
	}

	private long messagesOfAReconnect() {
		this.room.bus.disconnect();
		long before = this.cluster.network.published();
		this.room.bus.reconnect();
		this.cluster.advance(MOMENT);
		return this.cluster.network.published() - before;
	}

	@Test
	void aSessionWhoseGatewayIsGoneBeforeItWasUpIsClosed() {
		this.cluster.network.setFaults(new Faults() {

			@Override
			public Duration delay(MemoryBus from, MemoryBus to, String subject) {
				return (to == LostReportsTests.this.room.bus && subject.contains("member") && from != to) ? LOST
						: Duration.ZERO;
			}

		});
		ModelNode late = this.cluster.node("late", LoginPolicy.SEVERAL).start(true);
		this.cluster.settle();
		ModelClient client = late.connect(this.received::add);
		client.request("room.hello", "");
		this.cluster.advance(MOMENT);
		assertThat(this.room.knows(late)).isFalse();
		assertThat(this.room.sessions.all()).hasSize(1);
		late.kill();
		this.cluster.network.setFaults(Faults.NONE);
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(6));
		assertThat(this.room.sessions.all()).isEmpty();
	}

	@Test
	void aLostReportThatAMessageIsHandledDelaysTheNextOneNoLongerThanARepair() {
		ModelClient client = connect();
		lose(this.room, this.gate);
		client.notify("room.hello", "");
		client.request("gate.hello", "");
		this.cluster.advance(MOMENT);
		assertThat(this.received).isEmpty();
		awaitRepair();
		assertThat(this.received).extracting((frame) -> frame.body().asString()).containsExactly("gate");
	}

	@Test
	void aLostReportOfAnUnknownSessionIsRepeated() {
		ModelClient client = connectAndGreet();
		lose(this.gate, this.room);
		// The room considers the gate gone, and has lost the session.
		this.cluster.advance(PARTITION);
		assertThat(this.room.sessions.all()).isEmpty();
		lose(this.room, this.gate);
		client.request("room.hello", "");
		this.cluster.advance(MOMENT);
		assertThat(client.isClosed()).isFalse();
		awaitRepair();
		assertThat(client.isClosed()).isFalse();
		assertThat(this.room.sessions.find(here().id())).isPresent();
	}

	@Test
	void aReplyBeforeAnEndArrives() {
		ModelClient client = connectAndGreet();
		this.received.clear();
		client.request("room.bye", "");
		this.cluster.advance(MOMENT);
		assertThat(this.received).first().extracting((frame) -> frame.body().asString("")).isEqualTo("left");
		assertThat(client.isClosed()).isTrue();
	}

	@Test
	void aLostReplyFailsItsRequestWhenTheLossIsNoticed() {
		ModelClient client = connectAndGreet();
		this.received.clear();
		lose(this.room, this.gate);
		client.request("room.hello", "");
		this.cluster.advance(MOMENT);
		awaitRepair();
		assertThat(this.received).extracting(ModelClient.Frame::code).containsExactly("408");
	}

	@Test
	void aLostBindingOfARouteIsRepeated() {
		ModelNode other = this.cluster.node("other", LoginPolicy.SEVERAL).route("hall.hello", (request) -> "other");
		other.start(false);
		this.cluster.settle();
		ModelClient client = connectAndGreet();
		for (ModelNode target : List.of(this.hall, other)) {
			lose(this.room, this.gate);
			this.room.cluster.bind(there(), "hall", target.id());
			awaitRepair();
			this.received.clear();
			client.request("hall.hello", "");
			this.cluster.advance(MOMENT);
			assertThat(this.received).extracting((frame) -> frame.body().asString()).containsExactly(target.name);
		}
	}

}
