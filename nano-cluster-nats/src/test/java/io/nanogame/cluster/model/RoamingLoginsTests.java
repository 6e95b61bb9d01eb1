package io.nanogame.cluster.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;

import io.nanogame.cluster.bus.memory.Faults;
import io.nanogame.cluster.bus.memory.MemoryBus;
import io.nanogame.route.Request;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A player who logs in a second time while the first session is on its way from one
 * gateway to another.
 */
class RoamingLoginsTests {

	private static final Duration DELAY = Duration.ofMillis(200);

	private static final Duration MOMENT = Duration.ofMillis(10);

	private final ModelCluster cluster = new ModelCluster(1);

	private final RoamingClient ann = new RoamingClient(this.cluster.random);

	private final List<String> news = new ArrayList<>();

	private ModelNode gateway(String name, LoginPolicy policy) {
		return this.cluster.node(name, policy).validator((handshake) -> {
			String uid = handshake.request().user().path("uid").asString("");
			if (!uid.isEmpty()) {
				handshake.session().bind(uid);
			}
		});
	}

	private Object login(Request request) {
		if (request.session().uid() == null) {
			request.session().bind("ann");
		}
		return request.body();
	}

	/** Delivers what one node sends to another one later. */
	private void delay(ModelNode from, ModelNode to) {
		this.cluster.network.setFaults(new Faults() {

			@Override
			public Duration delay(MemoryBus sender, MemoryBus recipient, String subject) {
				return (sender == from.bus && recipient == to.bus) ? DELAY : Duration.ZERO;
			}

		});
	}

	/** The former gateway has given the session away, which has not arrived. */
	private Session beginMove(ModelNode former, ModelNode next) {
		Session session = former.sessions.all().iterator().next();
		delay(former, next);
		this.ann.connect(next.transport());
		this.cluster.advance(DELAY.plus(MOMENT));
		assertThat(former.cluster.handover().count()).isOne();
		assertThat(this.ann.states()).containsExactly("NEW");
		return session;
	}

	private void endMove() {
		this.cluster.network.setFaults(Faults.NONE);
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(3));
	}

	@Test
	void theNewerSessionReceivesThePushesToThePlayerAfterTheOlderOneHasArrivedAndEnded() {
		ModelNode former = gateway("one", LoginPolicy.REPLACE).start(true);
		ModelNode next = gateway("two", LoginPolicy.REPLACE).route("two.login", this::login).start(true);
		ModelNode room = this.cluster.node("room", LoginPolicy.REPLACE).start(false);
		this.cluster.settle();
		this.ann.connect(former.transport());
		this.cluster.advance(MOMENT);
		this.ann.request("two.login");
		this.cluster.advance(MOMENT);
		Session older = beginMove(former, next);
		next.connect((frame) -> this.news.add(frame.route())).handshake(Map.of("uid", "ann"));
		this.cluster.advance(MOMENT);
		endMove();
		assertThat(older.isOpen()).isFalse();
		assertThat(next.sessions.findByUid("ann")).hasSize(1);
		this.news.clear();
		room.cluster.users().push("ann", "onNews", 1);
		this.cluster.advance(MOMENT);
		assertThat(this.news).containsExactly("onNews");
	}

	// A login that continues the session of another gateway

	private final ReturningClient bob = new ReturningClient("bob");

	private List<Session> sessionsOf(String uid, ModelNode... nodes) {
		return Stream.of(nodes).flatMap((node) -> node.sessions.findByUid(uid).stream().filter(node::owns)).toList();
	}

	@Test
	void aLoginOfAPlayerWithoutASessionDoesNotWait() {
		gateway("one", LoginPolicy.CONTINUE).start(true);
		ModelNode next = gateway("two", LoginPolicy.CONTINUE).start(true);
		this.cluster.settle();
		this.bob.connect(next.transport());
		this.cluster.advance(MOMENT);
		assertThat(sessionsOf("bob", next)).hasSize(1);
	}

	@Test
	void aLoginReplacesASessionWhoseGatewayDoesNotReply() {
		ModelNode former = gateway("one", LoginPolicy.CONTINUE).start(true);
		ModelNode next = gateway("two", LoginPolicy.CONTINUE).start(true);
		this.cluster.settle();
		this.bob.connect(former.transport());
		this.cluster.advance(MOMENT);
		this.cluster.network.setFaults(new RandomFaults(this.cluster.random, 0, 0, former.bus));
		this.cluster.advance(ModelCluster.HEARTBEAT.multipliedBy(2));
		this.bob.connect(next.transport());
		this.cluster.advance(Duration.ofMillis(900));
		assertThat(sessionsOf("bob", next)).as("a login that waits for the reply").isEmpty();
		this.cluster.advance(Duration.ofMillis(400));
		assertThat(sessionsOf("bob", next)).hasSize(1);
		endMove();
		assertThat(sessionsOf("bob", former)).isEmpty();
		assertThat(sessionsOf("bob", next)).singleElement().matches(Session::isConnected);
	}

	@Test
	void ofTwoLoginsAtTheSameTimeTheNewerOneContinuesTheSession() {
		ModelNode former = gateway("one", LoginPolicy.CONTINUE).start(true);
		ModelNode next = gateway("two", LoginPolicy.CONTINUE).start(true);
		ModelNode last = gateway("three", LoginPolicy.CONTINUE).start(true);
		this.cluster.settle();
		this.bob.connect(former.transport());
		this.cluster.advance(MOMENT);
		long older = sessionsOf("bob", former).get(0).id();
		delay(former, next);
		ReturningClient slow = new ReturningClient("bob");
		slow.connect(next.transport());
		this.cluster.advance(MOMENT);
		this.bob.connect(last.transport());
		this.cluster.advance(MOMENT);
		endMove();
		assertThat(sessionsOf("bob", former, next)).isEmpty();
		assertThat(sessionsOf("bob", last)).singleElement().matches((session) -> session.id() == older);
		assertThat(this.bob.hasSocket()).isTrue();
		assertThat(slow.hasSocket()).as("the other connection").isFalse();
		assertThat(slow.kicks()).isZero();
	}

	@Test
	void aSecondLoginIsRefusedWhileTheSessionIsOnItsWay() {
		ModelNode former = gateway("one", LoginPolicy.REFUSE).route("one.login", this::login).start(true);
		ModelNode next = gateway("two", LoginPolicy.REFUSE).start(true);
		ModelNode third = gateway("three", LoginPolicy.REFUSE).start(true);
		this.cluster.settle();
		this.ann.connect(former.transport());
		this.cluster.advance(MOMENT);
		this.ann.request("one.login");
		this.cluster.advance(MOMENT);
		Session session = beginMove(former, next);
		third.connect((frame) -> this.news.add(String.valueOf(frame.code()))).handshake(Map.of("uid", "ann"));
		this.cluster.advance(MOMENT);
		assertThat(this.news).containsExactly("500");
		endMove();
		assertThat(this.ann.isOpen()).isTrue();
		assertThat(session.isOpen()).isTrue();
	}

}
