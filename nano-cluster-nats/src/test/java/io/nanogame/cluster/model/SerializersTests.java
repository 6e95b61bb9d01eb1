package io.nanogame.cluster.model;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.nanogame.cluster.Brackets;
import io.nanogame.cluster.Recorded;
import io.nanogame.cluster.bus.Subjects;
import io.nanogame.cluster.bus.Topics;
import io.nanogame.cluster.bus.memory.Faults;
import io.nanogame.cluster.bus.memory.MemoryBus;
import io.nanogame.group.Audience;
import io.nanogame.group.Group;
import io.nanogame.protocol.Message;
import io.nanogame.route.Request;
import io.nanogame.session.Introduction;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import io.nanogame.session.SessionRegistry;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Sessions whose serializer is not the server's: one gateway and two rooms have it, a
 * third room does not.
 */
class SerializersTests {

	private static final Duration MOMENT = Duration.ofMillis(10);

	private static final String NEWS = "n".repeat(100);

	private final ModelCluster cluster = new ModelCluster(1);

	private final ModelNode gate = node("gate").serializer(new Brackets()).start(true);

	private final ModelNode room = node("room").serializer(new Brackets()).start(false);

	private final ModelNode hall = node("hall").serializer(new Brackets()).start(false);

	private final ModelNode cellar = node("cellar").start(false);

	private final Recorded client = new Recorded(this.cluster.steps.thread(() -> true));

	private final Session session = open(this.client);

	private final Recorded other = new Recorded(this.cluster.steps.thread(() -> true));

	private ModelNode node(String name) {
		ModelNode node = this.cluster.node(name, LoginPolicy.SEVERAL);
		if (!name.equals("gate")) {
			node.route("room.echo", SerializersTests::echo);
			node.route("room.node", (request) -> name);
		}
		return node;
	}

	private static Object echo(Request request) {
		request.session().push("onEcho", "pushed");
		return request.body();
	}

	/** Opens a session of the gateway, with the other serializer. */
	private Session open(Recorded connection) {
		this.cluster.settle();
		SessionRegistry registry = SessionRegistry.of(this.gate.sessions);
		Session opened = registry.create(connection, Introduction.UNKNOWN,
				Objects.requireNonNull(registry.allPayloads().ofForm("brackets")));
		registry.open(opened);
		return opened;
	}

	private void request(long id, String route, String body) {
		long now = this.cluster.time.nanoTime();
		Message message = Message.request(id, route, body.getBytes(StandardCharsets.UTF_8));
		this.client.execute(() -> this.gate.cluster.route(this.session, message, Map.of(), now,
				now + ModelCluster.REQUEST_TIMEOUT.toNanos()));
		this.cluster.advance(MOMENT);
	}

	private void routeTo(ModelNode node) {
		this.gate.cluster.bind(this.session, "room", node.id());
	}

	private Group opened(ModelNode node) {
		Group group = node.groups.get("lobby");
		this.cluster.settle();
		return group;
	}

	@Test
	void itsMessageIsHandledAndItsRepliesAndPushesAreWrittenWithIt() {
		request(1, "room.echo", "[hi]");
		request(2, "room.node", "[]");
		request(3, "room.none", "[]");
		assertThat(this.client.sent).hasSize(4).startsWith("push onEcho [pushed]", "response 1 [hi]");
		assertThat(this.client.sent.get(2)).isIn("response 2 [room]", "response 2 [hall]");
		assertThat(this.client.sent.get(3)).startsWith("error 3 [404");
	}

	@Test
	void aNodeWithoutTheSerializerIsNotChosen() {
		for (int i = 0; i < 20; i++) {
			Recorded another = new Recorded(this.client::execute);
			Session opened = open(another);
			Message message = Message.request(1, "room.node", new byte[0]);
			long now = this.cluster.time.nanoTime();
			another.execute(() -> this.gate.cluster.route(opened, message, Map.of(), now, now + 1_000_000_000L));
			this.cluster.advance(MOMENT);
			assertThat(another.sent).first().isIn("response 1 [room]", "response 1 [hall]");
		}
	}

	@Test
	void aMessageToANodeWithoutTheSerializerIsRefused() {
		routeTo(this.cellar);
		request(1, "room.echo", "[hi]");
		routeTo(this.room);
		request(2, "room.node", "[]");
		assertThat(this.client.sent).containsExactly("error 1 [501 not available with this serializer]",
				"response 2 [room]");
		assertThat(this.cellar.sessions.count()).isZero();
	}

	@Test
	void aNodeOfAnEarlierVersionHasTheServersSerializerOnly() {
		Subjects subjects = new Subjects("model", "old-99");
		MemoryBus old = this.cluster.network.connect();
		old.publish(subjects.own(Topics.members()), """
				{"kind": "heartbeat", "versions": {"oldest": 3, "newest": 3},
				"node": {"id": "old-99", "components": ["attic"], "services": []}}""".getBytes(StandardCharsets.UTF_8));
		this.cluster.advance(MOMENT);
		request(1, "attic.echo", "[hi]");
		assertThat(this.client.sent).containsExactly("error 1 [501 not available with this serializer]");
	}

	@Test
	void pushesOfANodeThatKnowsItAsAMemberOnlyAreWrittenWithIt() {
		Group lobby = opened(this.hall);
		this.gate.groups.get("lobby").add(this.session);
		this.cluster.advance(MOMENT);
		lobby.members().forEach((member) -> member.push("onNews", "one"));
		lobby.multicast("onNews", "two", (member) -> true);
		this.cluster.advance(MOMENT);
		assertThat(this.client.sent).containsExactly("push onNews [one]", "push onNews [two]");
	}

	@Test
	void membersAreKnownWithTheirSerializersAlsoWhenTheyHaveJoinedBefore() {
		this.gate.groups.get("lobby").add(this.session);
		this.cluster.advance(MOMENT);
		opened(this.hall).multicast("onNews", "one", (member) -> true);
		this.cluster.advance(MOMENT);
		assertThat(this.client.sent).containsExactly("push onNews [one]");
	}

	@Test
	void aBroadcastIsWrittenInItsForm() {
		Group lobby = opened(this.hall);
		this.gate.groups.get("lobby").add(this.session);
		this.cluster.advance(Duration.ofMinutes(1));
		assertThat(bytesOf(() -> lobby.broadcast("onNews", NEWS))).isBetween(200, 300);
		assertThat(this.client.sent).containsExactly("push onNews [" + NEWS + "]");
	}

	@Test
	void aBroadcastReachesItAlsoWhenTheReportThatItHasJoinedIsLost() {
		Group lobby = opened(this.hall);
		this.cluster.advance(Duration.ofMinutes(1));
		loseMembers();
		this.gate.groups.get("lobby").add(this.session);
		this.cluster.advance(MOMENT);
		expectNewsOfAnUnknownMember(lobby);
	}

	@Test
	void aBroadcastReachesItWhenItsGatewayHasJustReturned() {
		Group lobby = opened(this.hall);
		this.gate.groups.get("lobby").add(this.session);
		this.cluster.advance(Duration.ofMinutes(1));
		assertThat(lobby.count()).isOne();
		this.cluster.network.setFaults(new Faults() {

			@Override
			public boolean isReachable(MemoryBus from, MemoryBus to) {
				return from == to;
			}

		});
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(4));
		loseMembers();
		this.cluster.advance(ModelCluster.HEARTBEAT);
		expectNewsOfAnUnknownMember(lobby);
	}

	/** Loses what the hall receives, except announcements. */
	private void loseMembers() {
		this.cluster.network.setFaults(new Faults() {

			@Override
			public Duration delay(MemoryBus from, MemoryBus to, String subject) {
				boolean isLost = from != to && to == SerializersTests.this.hall.bus && !subject.contains(".member");
				return isLost ? LOST : Duration.ZERO;
			}

		});
	}

	private void expectNewsOfAnUnknownMember(Group lobby) {
		assertThat(lobby.count()).isZero();
		lobby.broadcast("onNews", "one");
		this.cluster.advance(MOMENT);
		assertThat(this.client.sent).containsExactly("push onNews [one]");
	}

	@Test
	void theOnlyNodeWithTheSerializerServesItAgainAfterARestart() {
		this.hall.stop();
		request(1, "room.node", "[]");
		this.room.stop();
		request(2, "room.node", "[]");
		node("restarted").serializer(new Brackets()).start(false);
		this.cluster.settle();
		request(3, "room.node", "[]");
		assertThat(this.client.sent).containsExactly("response 1 [room]",
				"error 2 [501 not available with this serializer]", "response 3 [restarted]");
	}

	/** Returns the number of published bytes. */
	private int bytesOf(Runnable action) {
		long before = this.hall.cluster.peers().sharedTraffic().bytesSent();
		action.run();
		this.cluster.advance(MOMENT);
		return (int) (this.hall.cluster.peers().sharedTraffic().bytesSent() - before);
	}

	@Test
	void aBroadcastReachesItAlsoBeforeTheMembersAreKnown() {
		this.gate.groups.get("lobby").add(this.session);
		this.cluster.settle();
		this.hall.groups.get("lobby").broadcast("onNews", "one");
		this.cluster.advance(MOMENT);
		assertThat(this.client.sent).containsExactly("push onNews [one]");
	}

	@Test
	void pushesToAPlayerAndToAnAudienceAreWrittenWithIt() {
		this.session.bind("ann");
		Session same = openDefault();
		same.bind("ann");
		this.cluster.settle();
		this.hall.cluster.users().push("ann", "onNews", "one");
		this.hall.cluster.pushes().push(new Audience.Players(Set.of("ann")), "onNews", "two");
		this.cluster.advance(MOMENT);
		assertThat(this.client.sent).containsExactly("push onNews [one]", "push onNews [two]");
		assertThat(this.other.sent).containsExactly("push onNews \"one\"", "push onNews \"two\"");
	}

	private Session openDefault() {
		SessionRegistry registry = SessionRegistry.of(this.gate.sessions);
		Session opened = registry.create(this.other, Introduction.UNKNOWN);
		registry.open(opened);
		return opened;
	}

	@Test
	void pushesOfANodeWithoutTheSerializerAreDropped() {
		this.gate.groups.get("lobby").add(this.session);
		this.cluster.advance(MOMENT);
		opened(this.cellar).multicast("onNews", "one", (member) -> true);
		this.cluster.advance(MOMENT);
		this.session.push("onNews", "end");
		this.cluster.advance(MOMENT);
		assertThat(this.client.sent).isEqualTo(List.of("push onNews [end]"));
	}

}
