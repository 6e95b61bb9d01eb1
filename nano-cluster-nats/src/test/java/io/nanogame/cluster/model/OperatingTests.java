package io.nanogame.cluster.model;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.Predicate;

import io.nanogame.cluster.NodeDrain;
import io.nanogame.cluster.handover.ClientDrain;
import io.nanogame.cluster.SessionLocation;
import io.nanogame.cluster.bus.Topics;
import io.nanogame.cluster.bus.memory.Faults;
import io.nanogame.cluster.bus.memory.MemoryBus;
import io.nanogame.cluster.gateway.SessionRoutes.Destination;
import io.nanogame.session.LoginPolicy;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What an operator sees of a cluster, and the drain of a node.
 */
class OperatingTests {

	private static final Duration SECOND = Duration.ofSeconds(1);

	private final ModelCluster cluster = new ModelCluster(1);

	private final List<CompletableFuture<Object>> pending = new ArrayList<>();

	private final ModelNode room = this.cluster.node("room", LoginPolicy.SEVERAL)
		.route("room.hello", (request) -> "hello")
		.route("room.wait", (request) -> hold())
		.start(false);

	private final ModelNode gate = this.cluster.node("gate", LoginPolicy.SEVERAL)
		.route("gate.hello", (request) -> "hello")
		.start(true);

	private final ModelNode other = this.cluster.node("other", LoginPolicy.SEVERAL).start(true);

	private final List<ModelClient.Frame> received = new ArrayList<>();

	private final ModelClient client = connect();

	private ModelClient connect() {
		this.cluster.settle();
		ModelClient connected = this.gate.connect(this.received::add);
		connected.request("gate.hello", "");
		advance(Duration.ofMillis(10));
		return connected;
	}

	private CompletableFuture<Object> hold() {
		CompletableFuture<Object> result = new CompletableFuture<>();
		this.pending.add(result);
		return result;
	}

	private void advance(Duration time) {
		this.cluster.advance(time);
	}

	private static String id(ModelNode node) {
		return node.cluster.nodes().self().id();
	}

	private long session() {
		return this.gate.sessions.all().iterator().next().id();
	}

	private Optional<SessionLocation> find(ModelNode asked, long session) {
		CompletableFuture<Optional<SessionLocation>> location = asked.cluster.locator().find(session);
		advance(Duration.ZERO);
		return location.join();
	}

	private SessionLocation locate(ModelNode asked) {
		return find(asked, session()).orElseThrow();
	}

	private ModelClient.Frame reply() {
		advance(SECOND);
		return this.received.remove(this.received.size() - 1);
	}

	// Sessions

	@Test
	void theGatewayKnowsWhereTheMessagesOfASessionAre() {
		this.client.request("room.wait", "");
		advance(SECOND);
		this.client.request("room.hello", "");
		this.gate.sessions.all().iterator().next().attributes().set("a", 1);
		advance(SECOND);
		SessionLocation location = locate(this.gate);
		assertThat(location.state()).isEqualTo(SessionLocation.State.OPEN);
		assertThat(location.gateway()).isEqualTo(id(this.gate));
		assertThat(location.messages()).isEqualTo(2);
		assertThat(location.routes().version()).isOne();
		assertThat(location.routes().components()).isEqualTo(Map.of("room", id(this.room)));
		Destination destination = location.routes().nodes().get(0);
		assertThat(destination.node()).isEqualTo(id(this.room));
		assertThat(destination.messages()).isEqualTo(2);
		assertThat(destination.oldest()).isEqualTo(SECOND.multipliedBy(2));
	}

	@Test
	void withoutMessagesNothingIsUnderWay() {
		this.client.request("room.hello", "");
		advance(SECOND);
		SessionLocation location = locate(this.gate);
		assertThat(location.messages()).isZero();
		assertThat(location.routes().nodes()).containsExactly(new Destination(id(this.room), 0, Duration.ZERO));
	}

	@Test
	void aSessionThatNoOtherNodeKnowsHasNoRoutes() {
		SessionLocation location = locate(this.gate);
		assertThat(location.state()).isEqualTo(SessionLocation.State.OPEN);
		assertThat(location.routes().components()).isEmpty();
		assertThat(location.routes().nodes()).isEmpty();
	}

	@Test
	void aNodeWithACopyKnowsItsMessagesAndTheGateway() {
		this.client.request("room.wait", "");
		this.client.request("room.hello", "");
		advance(SECOND);
		this.gate.sessions.all().iterator().next().attributes().set("a", 1);
		advance(SECOND);
		SessionLocation location = locate(this.room);
		assertThat(location.state()).isEqualTo(SessionLocation.State.COPIED);
		assertThat(location.gateway()).isEqualTo(id(this.gate));
		assertThat(location.messages()).isEqualTo(2);
		assertThat(location.routes().version()).isOne();
	}

	@Test
	void anyNodeKnowsTheGatewayBecauseTheIdContainsIt() {
		SessionLocation location = locate(this.other);
		assertThat(location.state()).isEqualTo(SessionLocation.State.ELSEWHERE);
		assertThat(location.gateway()).isEqualTo(id(this.gate));
		assertThat(location.messages()).isNull();
	}

	@Test
	void aSessionOfNoNodeIsNotFound() {
		assertThat(find(this.gate, session() + 1)).isEmpty();
		assertThat(find(this.other, 77L << 32)).isEmpty();
		assertThat(find(this.other, -1)).isEmpty();
	}

	@Test
	void aClosedSessionIsFoundWhileItsMessagesAreHandled() {
		long session = session();
		this.client.request("room.wait", "");
		advance(SECOND);
		this.client.close();
		advance(SECOND);
		SessionLocation location = find(this.gate, session).orElseThrow();
		assertThat(location.state()).isEqualTo(SessionLocation.State.CLOSING);
		assertThat(location.routes().nodes()).extracting(Destination::messages).containsExactly(1);
		this.pending.get(0).complete("done");
		advance(SECOND);
		assertThat(find(this.gate, session)).isEmpty();
	}

	// Figures

	private void setFaults(Predicate<String> subjects, Duration delay) {
		this.cluster.network.setFaults(new Faults() {

			@Override
			public Duration delay(MemoryBus from, MemoryBus to, String subject) {
				return subjects.test(subject) ? delay : Duration.ZERO;
			}

		});
	}

	/** All messages for the room are lost, but no announcements. */
	private void loseMessages() {
		setFaults((subject) -> subject.endsWith("." + Topics.node(id(this.room))), Faults.LOST);
	}

	@Test
	void theRoundTripsOfBothReadersAreMeasured() {
		setFaults((subject) -> true, Duration.ofMillis(20));
		advance(ModelCluster.HEARTBEAT.plus(SECOND));
		assertThat(this.room.cluster.membership().roundTrip().nanos()).isEqualTo(Duration.ofMillis(20).toNanos());
		assertThat(this.room.cluster.peers().roundTrip().nanos()).isEqualTo(Duration.ofMillis(20).toNanos());
	}

	@Test
	void theSilenceIsThatOfTheReaderThatReceivesNothing() {
		assertThat(this.room.cluster.membership().silence()).isLessThanOrEqualTo(ModelCluster.HEARTBEAT);
		loseMessages();
		advance(ModelCluster.HEARTBEAT.multipliedBy(4));
		assertThat(this.room.cluster.isConnected()).isTrue();
		assertThat(this.room.cluster.isHearing()).isFalse();
		assertThat(this.room.cluster.membership().silence()).isGreaterThan(ModelCluster.HEARTBEAT.multipliedBy(3));
		assertThat(this.room.cluster.membership().roundTrip().nanos()).isZero();
		assertThat(this.room.cluster.peers().roundTrip().nanos())
			.isGreaterThan(ModelCluster.HEARTBEAT.multipliedBy(2).toNanos());
	}

	@Test
	void messagesAreUnconfirmedUntilTheNextHeartbeatAndWhileTheyAreLost() {
		var toRoom = this.gate.cluster.peers().to(id(this.room)).traffic();
		advance(ModelCluster.HEARTBEAT.multipliedBy(2));
		assertThat(this.gate.cluster.peers().unconfirmed(toRoom)).isZero();
		loseMessages();
		this.client.request("room.hello", "");
		advance(Duration.ofMillis(100));
		assertThat(this.gate.cluster.peers().unconfirmed(toRoom)).isPositive();
		this.cluster.network.setFaults(Faults.NONE);
		advance(ModelCluster.HEARTBEAT.multipliedBy(2));
		assertThat(this.gate.cluster.peers().unconfirmed(toRoom)).isZero();
	}

	// Drain

	@Test
	void aDrainedNodeReceivesNoMessagesUntilItIsUndone() {
		this.client.request("room.hello", "");
		assertThat(reply().code()).isNull();
		this.room.cluster.drain().begin();
		advance(SECOND);
		assertThat(this.gate.cluster.nodes().find(id(this.room)).orElseThrow().leaving()).isTrue();
		this.client.request("room.hello", "");
		assertThat(reply().code()).isEqualTo("503");
		assertThat(this.room.cluster.drain().undo()).isTrue();
		advance(SECOND);
		this.client.request("room.hello", "");
		assertThat(reply().code()).isNull();
	}

	/** Its clients' messages would still be sent to the drained node, and be lost. */
	@Test
	void aNodeIsNotDrainedBeforeEachGatewayHasReceivedItsAnnouncement() {
		setFaults((subject) -> subject.endsWith("." + Topics.members()), SECOND);
		this.client.request("room.hello", "");
		assertThat(reply().code()).isNull();
		NodeDrain drain = this.room.cluster.drain();
		drain.begin();
		advance(SECOND.minusMillis(10));
		assertThat(drain.progress().drained()).as("before the announcement").isFalse();
		this.client.request("room.hello", "");
		advance(Duration.ofMillis(5));
		assertThat(this.received.remove(this.received.size() - 1).code()).isNull();
		advance(ModelCluster.HEARTBEAT);
		assertThat(drain.progress().drained()).isTrue();
	}

	@Test
	void aNodeIsDrainedAlthoughAGatewayIsGone() {
		this.other.kill();
		this.room.cluster.drain().begin();
		advance(SECOND);
		assertThat(this.room.cluster.drain().progress().drained()).as("while it is suspect").isFalse();
		advance(ModelCluster.HEARTBEAT.multipliedBy(3));
		assertThat(this.room.cluster.drain().progress().drained()).isTrue();
	}

	@Test
	void repliesToAnEarlierDrainDoNotCount() {
		NodeDrain drain = this.room.cluster.drain();
		drain.begin();
		advance(SECOND);
		assertThat(drain.progress().drained()).isTrue();
		drain.undo();
		advance(SECOND);
		setFaults((subject) -> true, SECOND);
		drain.begin();
		advance(Duration.ofMillis(900));
		assertThat(drain.progress().drained()).isFalse();
	}

	@Test
	void theProgressCountsWhatIsLeft() {
		NodeDrain drain = this.room.cluster.drain();
		assertThat(drain.progress().state()).isEqualTo(NodeDrain.State.SERVING);
		assertThat(drain.progress().drained()).isFalse();
		this.client.request("room.wait", "");
		advance(SECOND);
		Instant before = Instant.ofEpochMilli(this.cluster.time.currentTimeMillis());
		drain.begin();
		advance(SECOND);
		drain.begin();
		NodeDrain.Progress progress = drain.progress();
		assertThat(progress.state()).isEqualTo(NodeDrain.State.DRAINING);
		assertThat(progress.since()).isEqualTo(before);
		assertThat(progress.drained()).isFalse();
		assertThat(progress.clients().sessions()).isZero();
		assertThat(progress.copies()).isOne();
		assertThat(progress.messages()).isOne();
		this.pending.get(0).complete("done");
		advance(SECOND);
		assertThat(reply().body().asString()).isEqualTo("done");
		assertThat(drain.progress()).isEqualTo(new NodeDrain.Progress(NodeDrain.State.DRAINING, before, true,
				new ClientDrain.Progress(0, 0, 0, 0, 0), 1, 0, 0));
	}

	@Test
	void theClientsOfADrainedGatewayStayIfTheyHaveNoTimeToLeave() {
		NodeDrain drain = this.gate.cluster.drain();
		drain.setPeriod(Duration.ZERO);
		advance(SECOND);
		drain.begin();
		assertThat(drain.progress().drained()).as("before other nodes know").isFalse();
		advance(SECOND);
		assertThat(drain.progress().clients().sessions()).isOne();
		assertThat(drain.progress().drained()).isTrue();
		this.client.request("room.hello", "");
		assertThat(reply().code()).isNull();
	}

	@Test
	void aClientThatCannotResumeLeavesAfterItsReply() {
		this.client.request("room.wait", "");
		advance(SECOND);
		NodeDrain drain = this.gate.cluster.drain();
		drain.begin();
		advance(SECOND.multipliedBy(3));
		assertThat(drain.progress().clients()).isEqualTo(new ClientDrain.Progress(1, 0, 0, 0, 1));
		this.pending.get(0).complete("done");
		advance(SECOND);
		assertThat(this.received).anyMatch((frame) -> frame.body().asString().equals("done"));
		assertThat(drain.progress().clients().sessions()).isZero();
	}

	@Test
	void theClientsStayWithoutAnotherGateway() {
		this.other.kill();
		advance(ModelCluster.HEARTBEAT.multipliedBy(4));
		NodeDrain drain = this.gate.cluster.drain();
		drain.begin();
		advance(Duration.ofSeconds(20));
		assertThat(drain.progress().clients()).isEqualTo(new ClientDrain.Progress(1, 0, 0, 0, 0));
		this.client.request("room.hello", "");
		assertThat(reply().code()).isNull();
	}

	@Test
	void theDrainOfANodeThatStopsCannotBeUndone() {
		NodeDrain drain = this.room.cluster.drain();
		drain.stop();
		assertThat(drain.undo()).isFalse();
		advance(SECOND);
		assertThat(drain.progress().state()).isEqualTo(NodeDrain.State.STOPPING);
		assertThat(this.gate.cluster.nodes().withComponent("room")).isEmpty();
	}

	@Test
	void aDrainMayBeUndoneAndBegunAgain() {
		NodeDrain drain = this.room.cluster.drain();
		assertThat(drain.undo()).isTrue();
		drain.begin();
		assertThat(drain.undo()).isTrue();
		assertThat(drain.progress().since()).isNull();
		drain.begin();
		advance(SECOND);
		assertThat(this.gate.cluster.nodes().withComponent("room")).isEmpty();
	}

}
