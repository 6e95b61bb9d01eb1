package io.nanogame.cluster.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client of a gateway, and what it receives.
 *
 * @param client its connection
 * @param session its session on the gateway
 * @param replies the bodies of the replies, or their error codes
 */
record WaitingPlayer(ModelClient client, Session session, List<String> replies) {

	/** The route of a gateway that replies with the body. */
	static final String ECHO = "here.echo";

	/**
	 * Connects a client to a gateway with the route {@link #ECHO}. The session is known
	 * to its gateway only.
	 */
	static WaitingPlayer connect(ModelCluster cluster, ModelNode gateway) {
		List<Session> before = List.copyOf(gateway.sessions.all());
		List<String> replies = new ArrayList<>();
		ModelClient client = gateway
			.connect((frame) -> replies.add((frame.code() != null) ? frame.code() : frame.body().asString()));
		client.request(ECHO, "hello");
		cluster.advance(Duration.ZERO);
		assertThat(replies).containsExactly("hello");
		replies.clear();
		List<Session> sessions = new ArrayList<>(gateway.sessions.all());
		sessions.removeAll(before);
		return new WaitingPlayer(client, sessions.get(0), replies);
	}

	/** The number of messages that are not handled, or have no reply. */
	int backlog() {
		return SessionHandle.of(this.session).queue().backlog();
	}

}
