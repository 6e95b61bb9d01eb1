package io.nanogame.cluster.model;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that checks the pushes it receives. Each is a text of the sender, the uid and
 * a number that grows with each push of the sender.
 */
final class UserClient {

	private final String name;

	private final ModelNode gateway;

	private final LoginHistory history;

	private final List<String> received = new ArrayList<>();

	private final Map<String, Integer> lastNumbers = new HashMap<>();

	private ModelClient client;

	private @Nullable Session session;

	UserClient(String name, ModelNode gateway, LoginHistory history) {
		this.name = name;
		this.gateway = gateway;
		this.history = history;
	}

	/** Its session opens with a uid, or none if that is empty. */
	void connect(String uid) {
		this.client = this.gateway.connect(this::received);
		this.client.handshake(Map.of("name", this.name, "uid", uid));
	}

	void accepted(Session candidate) {
		this.session = candidate;
	}

	private void received(ModelClient.Frame frame) {
		if (frame.route() == null) {
			return;
		}
		String push = frame.body().asString();
		String[] parts = push.split(" ");
		int number = Integer.parseInt(parts[2]);
		assertThat(number).as("number of push '%s' to %s", push, this.name)
			.isGreaterThan(this.lastNumbers.getOrDefault(parts[0], 0));
		this.lastNumbers.put(parts[0], number);
		assertThat(this.session).isNotNull();
		assertThat(this.history.has(this.session, parts[1])).as("%s is the recipient of '%s'", this.session, push)
			.isTrue();
		this.received.add(push);
	}

	/** Sends a request to a backend, which has a copy of the session afterwards. */
	void request() {
		this.client.request("room.echo", "");
	}

	void close() {
		this.client.close();
	}

	boolean isOpen() {
		return !this.client.isClosed();
	}

	/** Returns whether the handshake is decided. */
	boolean isDecided() {
		return this.client.isClosed() || (this.session != null && this.gateway.sessions.all().contains(this.session));
	}

	String name() {
		return this.name;
	}

	ModelNode gateway() {
		return this.gateway;
	}

	@Nullable Session session() {
		return this.session;
	}

	boolean hasReceived(String push) {
		return this.received.contains(push);
	}

	@Override
	public String toString() {
		return this.name;
	}

}
