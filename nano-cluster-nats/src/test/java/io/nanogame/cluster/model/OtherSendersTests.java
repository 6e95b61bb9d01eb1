package io.nanogame.cluster.model;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.nanogame.cluster.frame.BackendFrame.DoneQuery;
import io.nanogame.cluster.frame.BackendFrame.ForwardedMessage;
import io.nanogame.cluster.frame.Frame;
import io.nanogame.cluster.frame.GatewayFrame.StateChange;
import io.nanogame.cluster.frame.Login;
import io.nanogame.cluster.frame.PrincipalCodec;
import io.nanogame.cluster.frame.SessionFrame.SessionClosed;
import io.nanogame.cluster.frame.StateProperty;
import io.nanogame.cluster.state.ChangeNumber;
import io.nanogame.session.CloseReason;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Frames about a session that another node sends than the one of its client.
 */
class OtherSendersTests {

	private static final Duration MOMENT = Duration.ofMillis(10);

	private final ModelCluster cluster = new ModelCluster(1);

	private final List<String> handled = new ArrayList<>();

	private final ModelNode room = this.cluster.node("room", LoginPolicy.SEVERAL).route("room.hello", (request) -> {
		this.handled.add(new String(request.body(), StandardCharsets.UTF_8));
		return "room";
	});

	private final ModelNode gate = this.cluster.node("gate", LoginPolicy.SEVERAL);

	private final ModelNode other = this.cluster.node("other", LoginPolicy.SEVERAL);

	private final List<ModelClient.Frame> received = new ArrayList<>();

	private ModelClient client;

	private Session copy;

	@BeforeEach
	void start() {
		this.room.start(false);
		this.gate.start(true);
		this.other.start(true);
		this.cluster.settle();
		this.client = this.gate.connect(this.received::add);
		this.client.request("room.hello", "first");
		this.cluster.advance(MOMENT);
		this.copy = this.room.sessions.all().iterator().next();
	}

	private void send(Frame frame) {
		this.other.cluster.peers().to(this.room.id()).send(frame);
		this.cluster.advance(MOMENT);
	}

	private void expectThatTheClientIsServed() {
		this.received.clear();
		this.client.request("room.hello", "second");
		this.cluster.advance(MOMENT);
		assertThat(this.received).extracting((frame) -> frame.body().asString("")).containsExactly("room");
		assertThat(this.handled).containsExactly("\"first\"", "\"second\"");
		assertThat(this.copy.isOpen()).isTrue();
	}

	@Test
	void itsMessageIsNotHandled() {
		send(new ForwardedMessage(this.copy.id(), 100, false, Map.of(), "room.hello", "\"evil\"".getBytes(), 1000));
		expectThatTheClientIsServed();
	}

	@Test
	void itsQueryRejectsNoLaterMessage() {
		send(new DoneQuery(this.copy.id(), Long.MAX_VALUE));
		expectThatTheClientIsServed();
	}

	@Test
	void thePrincipalThatItSetsIsIgnored() {
		StateProperty evil = new StateProperty.Principal(new Login("evil", Login.Trust.FULL, Set.of()));
		for (ChangeNumber number : List.of(ChangeNumber.NONE, new ChangeNumber(0, 1))) {
			this.other.cluster.peers().to(this.gate.id()).send(new StateChange(this.copy.id(), number, evil));
			this.cluster.advance(MOMENT);
		}
		assertThat(this.gate.sessions.find(this.copy.id())).get().extracting(Session::principal).isNull();
		this.copy.principal(new PrincipalCodec.NamedPrincipal("ann"));
		expectThatTheClientIsServed();
		assertThat(this.gate.sessions.find(this.copy.id())).get()
			.extracting(Session::principal)
			.isEqualTo(this.copy.principal());
	}

	@Test
	void theEndThatItReportsIsIgnored() {
		send(new SessionClosed(this.copy.id(), CloseReason.CLIENT_CLOSED));
		expectThatTheClientIsServed();
	}

}
