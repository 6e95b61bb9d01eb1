package io.nanogame.cluster.model;

import java.time.Duration;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CompletionStage;

import io.nanogame.cluster.Brackets;
import io.nanogame.cluster.Recorded;
import io.nanogame.cluster.peer.Versions;
import io.nanogame.group.Audience;
import io.nanogame.group.Group;
import io.nanogame.group.PushReceipt;
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
 * they are written for two serializers: then they are sent in two messages.
 */
class LongPushesTests {

	private static final Duration MOMENT = Duration.ofMillis(10);

	private static final String NEWS = "n".repeat(600 * 1024);

	private static final String TOO_LONG = "n".repeat(1100 * 1024);

	private final ModelCluster cluster = new ModelCluster(1);

	private final ModelNode hall = start("hall");

	private final ModelNode gate = start("gate");

	private final Recorded here = new Recorded(this.cluster.steps.thread(() -> true));

	private final Recorded there = new Recorded(this.cluster.steps.thread(() -> true));

	private final Recorded other = new Recorded(this.there::execute);

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
		join(this.gate, registry, registry.create(this.other, Introduction.UNKNOWN,
				Objects.requireNonNull(registry.allPayloads().ofForm("brackets"))));
		this.cluster.settle();
	}

	private void broadcast(String news) {
		this.lobby.broadcast("onNews", news);
	}

	private void pushToPlayer(String news) {
		this.hall.cluster.users().push("ann", "onNews", news);
	}

	private CompletionStage<PushReceipt> pushToAudience(String news) {
		return this.hall.cluster.pushes().push(new Audience.Players(Set.of("ann")), "onNews", news);
	}

	private void expectThatNoSessionReceives(ThrowingCallable push) {
		openOther();
		assertThatExceptionOfType(SerializationException.class).isThrownBy(push)
			.withMessageContaining("max_payload")
			.withMessageContaining("serializer");
		this.cluster.advance(MOMENT);
		assertThat(this.here.sent).isEmpty();
		assertThat(this.there.sent).isEmpty();
		assertThat(this.other.sent).isEmpty();
	}

	private void expectThatEachReceivesItsForm() {
		this.cluster.advance(MOMENT);
		assertThat(this.here.sent).containsExactly("push onNews \"" + NEWS + "\"");
		assertThat(this.there.sent).containsExactly("push onNews \"" + NEWS + "\"");
		assertThat(this.other.sent).containsExactly("push onNews [" + NEWS + "]");
	}

	@Test
	void theyAreReceivedInOneForm() {
		broadcast(NEWS);
		pushToPlayer(NEWS);
		pushToAudience(NEWS);
		this.cluster.advance(MOMENT);
		assertThat(this.here.sent).hasSize(3);
		assertThat(this.there.sent).hasSize(3);
	}

	@Test
	void aBroadcastInTwoFormsIsReceivedInTwoMessages() {
		openOther();
		broadcast(NEWS);
		expectThatEachReceivesItsForm();
	}

	@Test
	void aPushToAPlayerInTwoFormsIsReceivedInTwoMessages() {
		openOther();
		pushToPlayer(NEWS);
		expectThatEachReceivesItsForm();
	}

	@Test
	void aBroadcastThatIsTooLongInOneFormFailsBeforeAMemberReceivesIt() {
		expectThatNoSessionReceives(() -> broadcast(TOO_LONG));
	}

	@Test
	void aBroadcastInTwoFormsFailsIfANodeOfAnEarlierVersionMayReceiveIt() {
		expectThatNoSessionReceives(() -> {
			this.hall.cluster.peers().setVersions("old-1", new Versions(3, 4));
			broadcast(NEWS);
		});
	}

	@Test
	void aPushToAPlayerThatIsTooLongInOneFormFailsBeforeASessionReceivesIt() {
		expectThatNoSessionReceives(() -> pushToPlayer(TOO_LONG));
	}

	@Test
	void aPushToAnAudienceInTwoFormsIsReceivedInTwoMessages() {
		openOther();
		CompletionStage<PushReceipt> receipt = pushToAudience(NEWS);
		expectThatEachReceivesItsForm();
		assertThat(receipt).isCompletedWithValue(new PushReceipt(2, 0));
	}

	@Test
	void aPushToAnAudienceThatIsTooLongInOneFormFailsBeforeASessionReceivesIt() {
		expectThatNoSessionReceives(() -> pushToAudience(TOO_LONG));
	}

}
