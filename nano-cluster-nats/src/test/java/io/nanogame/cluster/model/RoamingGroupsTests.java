package io.nanogame.cluster.model;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;

import io.nanogame.cluster.bus.memory.Faults;
import io.nanogame.cluster.bus.memory.MemoryBus;
import io.nanogame.group.Group;
import io.nanogame.group.MergedRoutes;
import io.nanogame.route.Request;
import io.nanogame.serialize.MergeForm;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.MergedRoute;
import io.nanogame.session.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Changes of groups while a session is on its way from one gateway to another.
 */
class RoamingGroupsTests {

	private static final Duration DELAY = Duration.ofMillis(200);

	private static final Duration MOMENT = Duration.ofMillis(10);

	private static final Duration TTL = Duration.ofMinutes(1);

	/** A window does not end in the time of a test. */
	private static final MergedRoute CHAT = new MergedRoute("onChat", Duration.ofHours(1), 1000,
			new MergeForm("items"));

	private final ModelCluster cluster = merging(new ModelCluster(1));

	private final ModelNode former = this.cluster.node("one", LoginPolicy.SEVERAL).start(true);

	private final ModelNode next = this.cluster.node("two", LoginPolicy.SEVERAL)
		.route("two.hello", this::number)
		.start(true);

	private final ModelNode room = this.cluster.node("room", LoginPolicy.SEVERAL)
		.route("room.hello", this::number)
		.start(false);

	private final RoamingClient client = new RoamingClient(this.cluster.random);

	private int last;

	private static ModelCluster merging(ModelCluster cluster) {
		cluster.merged = new MergedRoutes(List.of(CHAT));
		return cluster;
	}

	private Object number(Request request) {
		return Integer.parseInt(new String(request.body(), StandardCharsets.UTF_8));
	}

	@BeforeEach
	void connect() {
		this.cluster.settle();
		this.client.connect(this.former.transport());
		this.cluster.advance(MOMENT);
		this.client.request("room.hello");
		this.client.request("two.hello");
		this.cluster.advance(MOMENT);
	}

	/** The former gateway has given the session away, which has not arrived. */
	private void beginMove() {
		this.cluster.network.setFaults(new Faults() {

			@Override
			public Duration delay(MemoryBus sender, MemoryBus recipient, String subject) {
				boolean isDelayed = sender == RoamingGroupsTests.this.former.bus
						&& recipient == RoamingGroupsTests.this.next.bus;
				return isDelayed ? DELAY : Duration.ZERO;
			}

		});
		this.client.connect(this.next.transport());
		this.cluster.advance(DELAY.plus(MOMENT));
		assertThat(this.former.cluster.handover().count()).isOne();
		assertThat(this.client.states()).containsExactly("NEW");
	}

	private void endMove() {
		this.cluster.network.setFaults(Faults.NONE);
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(3));
		assertThat(this.client.states()).containsExactly("NEW", "RESUMED");
		assertThat(this.cluster.nodes).allMatch((node) -> node.cluster.handover().count() == 0);
	}

	private Session on(ModelNode node) {
		return node.sessions.find(this.client.session()).orElseThrow();
	}

	private Group team(ModelNode node) {
		return node.groups.get("team");
	}

	private void broadcast(ModelNode node) {
		team(node).broadcast("onNews", node.name + " " + ++this.last);
		this.cluster.advance(MOMENT);
	}

	private void chat(ModelNode node) {
		team(node).broadcast("onChat", node.name + " " + ++this.last);
		this.cluster.advance(MOMENT);
	}

	private List<Integer> received(ModelNode node) {
		return this.client.pushes().getOrDefault(node.name, List.of());
	}

	private List<Session> members(ModelNode node) {
		return List.copyOf(node.cluster.groups().members("team"));
	}

	private void joinsDuringTheMove(ModelNode node) {
		beginMove();
		team(node).add(on(node));
		broadcast(node);
		endMove();
		broadcast(node);
		assertThat(received(node)).containsExactly(1, 2);
		assertThat(members(this.next)).containsExactly(on(this.next));
		assertThat(members(this.former)).isEmpty();
		broadcast(this.room);
		broadcast(this.next);
		assertThat(this.client.pushes().values()).flatMap((all) -> all).contains(3, 4);
	}

	@Test
	void aSessionThatABackendAddsIsAMemberAtTheNextGateway() {
		joinsDuringTheMove(this.room);
	}

	@Test
	void aSessionThatTheNextGatewayAddsIsAMemberThere() {
		joinsDuringTheMove(this.next);
	}

	@Test
	void aSessionThatTheFormerGatewayAddsIsAMemberAtTheNextOne() {
		joinsDuringTheMove(this.former);
	}

	private void leavesDuringTheMove(ModelNode node) {
		team(this.room).add(on(this.room));
		team(node);
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(2));
		beginMove();
		team(node).leave(on(node));
		broadcast(node);
		endMove();
		broadcast(node);
		broadcast(this.room);
		assertThat(received(node)).isEmpty();
		assertThat(received(this.room)).isEmpty();
		assertThat(members(this.next)).isEmpty();
		assertThat(team(this.room).members()).isEmpty();
		assertThat(team(node).members()).isEmpty();
	}

	@Test
	void aSessionThatABackendRemovesIsNoMemberAtTheNextGateway() {
		leavesDuringTheMove(this.room);
	}

	@Test
	void aSessionThatTheNextGatewayRemovesIsNoMemberThere() {
		leavesDuringTheMove(this.next);
	}

	@Test
	void aSessionIsNoMemberOfAGroupThatIsClosedDuringTheMove() {
		team(this.room).add(on(this.room));
		this.cluster.advance(MOMENT);
		beginMove();
		team(this.room).close();
		this.cluster.advance(MOMENT);
		broadcast(this.room);
		endMove();
		broadcast(this.room);
		assertThat(received(this.room)).isEmpty();
		assertThat(members(this.next)).isEmpty();
		assertThat(this.former.cluster.groups().count()).isZero();
		assertThat(this.next.cluster.groups().count()).isZero();
	}

	@Test
	void aSessionIsAMemberOfAGroupThatIsClosedAndOpenedAgainDuringTheMove() {
		team(this.room).add(on(this.room));
		this.cluster.advance(MOMENT);
		beginMove();
		team(this.room).close();
		team(this.room).add(on(this.room));
		broadcast(this.room);
		endMove();
		broadcast(this.room);
		assertThat(received(this.room)).containsExactly(1, 2);
		assertThat(members(this.next)).hasSize(1);
	}

	@Test
	void aMergedPushDuringTheMoveIsReceivedOnce() {
		team(this.former).add(on(this.former));
		team(this.next);
		beginMove();
		this.cluster.network.setFaults(new Faults() {

			@Override
			public Duration delay(MemoryBus sender, MemoryBus recipient, String subject) {
				return (sender == RoamingGroupsTests.this.room.bus) ? DELAY.multipliedBy(2) : Duration.ZERO;
			}

		});
		this.cluster.advance(DELAY);
		assertThat(this.client.states()).containsExactly("NEW", "RESUMED");
		assertThat(this.next.cluster.handover().count()).isOne();
		chat(this.next);
		endMove();
		assertThat(received(this.next)).containsExactly(1);
		broadcast(this.next);
		assertThat(received(this.next)).containsExactly(1, 2);
	}

	@Test
	void aGroupExpiresAtTheNextGatewayAlthoughTheOtherNodesAreGone() {
		team(this.room).add(on(this.room));
		team(this.room).expireAfter(TTL);
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(2));
		beginMove();
		endMove();
		this.room.kill();
		this.former.kill();
		assertThat(members(this.next)).hasSize(1);
		for (int i = 0; i < 24; i++) {
			this.cluster.advance(TTL.dividedBy(12));
			this.client.acknowledge();
		}
		assertThat(this.client.isOpen()).isTrue();
		assertThat(this.next.cluster.groups().count()).isZero();
	}

}
