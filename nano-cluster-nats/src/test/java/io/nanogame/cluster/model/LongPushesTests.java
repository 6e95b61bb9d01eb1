package io.nanogame.cluster.model;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;

import io.nanogame.cluster.Brackets;
import io.nanogame.cluster.Recorded;
import io.nanogame.group.Audience;
import io.nanogame.group.Group;
import io.nanogame.serialize.SerializationException;
import io.nanogame.session.Introduction;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import io.nanogame.session.SessionRegistry;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Pushes that other nodes receive in one message if they are written once, but not if
 * they are written for two serializers.
 */
class LongPushesTests {

	private static final Duration MOMENT = Duration.ofMillis(10);

	private static final String NEWS = "n".repeat(600 * 1024);

	private final ModelCluster cluster = new ModelCluster(1);

	private final ModelNode hall = start("hall");

	private final ModelNode gate = start("gate");

	private final Recorded here = new Recorded(this.cluster.steps.thread(() -> true));

	private final Recorded there = new Recorded(this.cluster.steps.thread(() -> true));

	private Group lobby;

	private ModelNode start(String name) {
		return this.cluster.node(name, LoginPolicy.SEVERAL).serializer(new Brackets()).start(true);
	}

	@BeforeEach
	void open() {
		this.cluster.settle();
		this.lobby = this.hall.groups.get("lobby");
		SessionRegistry own = SessionRegistry.of(this.hall.sessions);
		join(this.hall, own, own.create(this.here, Introduction.UNKNOWN));
		SessionRegistry other = SessionRegistry.of(this.gate.sessions);
		join(this.gate, other, other.create(this.there, Introduction.UNKNOWN));
		this.cluster.settle();
	}

	private static void join(ModelNode node, SessionRegistry registry, Session session) {
		registry.open(session);
		session.bind("ann");
		node.groups.get("lobby").add(session);
	}

	/** Opens a session of the gateway that has the other serializer. */
	private void openOther() {
		SessionRegistry registry = SessionRegistry.of(this.gate.sessions);
		registry.open(registry.create(new Recorded(this.there::execute), Introduction.UNKNOWN,
				Objects.requireNonNull(registry.allPayloads().ofForm("brackets"))));
		this.cluster.settle();
	}

	private void broadcast() {
		this.lobby.broadcast("onNews", NEWS);
	}

	private void pushToPlayer() {
		this.hall.cluster.users().push("ann", "onNews", NEWS);
	}

	private void pushToAudience() {
		this.hall.cluster.pushes().push(new Audience.Players(Set.of("ann")), "onNews", NEWS);
	}

	private void expectThatNoSessionReceives(ThrowingCallable push) {
		openOther();
		assertThatExceptionOfType(SerializationException.class).isThrownBy(push)
			.withMessageContaining("max_payload")
			.withMessageContaining("serializer");
		this.cluster.advance(MOMENT);
		assertThat(this.here.sent).isEmpty();
		assertThat(this.there.sent).isEmpty();
	}

	@Test
	void theyAreReceivedInOneForm() {
		broadcast();
		pushToPlayer();
		pushToAudience();
		this.cluster.advance(MOMENT);
		assertThat(this.here.sent).hasSize(3);
		assertThat(this.there.sent).hasSize(3);
	}

	@Test
	void aBroadcastInTwoFormsFailsBeforeAMemberReceivesIt() {
		expectThatNoSessionReceives(this::broadcast);
	}

	@Test
	void aPushToAPlayerInTwoFormsFailsBeforeASessionReceivesIt() {
		expectThatNoSessionReceives(this::pushToPlayer);
	}

	@Test
	void aPushToAnAudienceInTwoFormsFailsBeforeASessionReceivesIt() {
		expectThatNoSessionReceives(this::pushToAudience);
	}

}
