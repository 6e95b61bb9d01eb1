package io.nanogame.cluster.model;

import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;
import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that connects to one gateway, again and again.
 */
final class ModelPlayer {

	final String name;

	private final Supplier<ModelNode> gateway;

	private final Consumer<String> problems;

	/** Bodies of requests without a reply, by connection and id. */
	private final Map<ModelClient, Map<Integer, String>> open = new HashMap<>();

	private final Set<String> succeeded = new HashSet<>();

	private final Set<String> refused = new HashSet<>();

	private @Nullable ModelClient client;

	private int lastRequest;

	/**
	 * Creates a player that is not connected.
	 * @param name the name of the player
	 * @param gateway supplies the node to connect to
	 * @param problems receives what must not happen, because the server catches
	 * exceptions
	 */
	ModelPlayer(String name, Supplier<ModelNode> gateway, Consumer<String> problems) {
		this.name = name;
		this.gateway = gateway;
		this.problems = problems;
	}

	boolean isConnected() {
		return this.client != null && !this.client.isClosed();
	}

	/** Closes the connection, and opens another one if the gateway is ready. */
	void reconnect() {
		if (isConnected()) {
			this.client.close();
		}
		this.client = null;
		if (this.gateway.get().isReady()) {
			Map<Integer, String> requests = new HashMap<>();
			this.client = this.gateway.get().connect((frame) -> received(requests, frame));
			this.open.put(this.client, requests);
		}
	}

	/** Returns the body of the next request. */
	String nextBody() {
		return this.name + " " + ++this.lastRequest;
	}

	/** Sends a request, if the gateway is ready. */
	void request(String body) {
		if (!isConnected()) {
			reconnect();
		}
		if (this.client != null) {
			this.open.get(this.client).put(this.client.request("room.echo", body), body);
		}
	}

	private void received(Map<Integer, String> requests, ModelClient.Frame frame) {
		if (frame.id() == 0) {
			// The reason of a kick.
			return;
		}
		String body = requests.remove(frame.id());
		if (body == null) {
			this.problems.accept("%s has received a second reply to %d".formatted(this.name, frame.id()));
		}
		else if (frame.code() == null && frame.body().asString().equals(body)) {
			this.succeeded.add(body);
		}
		else if (frame.code() != null && frame.code().equals("503")) {
			this.refused.add(body);
		}
		else if (frame.code() == null || !frame.code().equals("408")) {
			this.problems.accept("%s has received %s for '%s'".formatted(this.name, frame, body));
		}
	}

	boolean hasSucceeded(String body) {
		return this.succeeded.contains(body);
	}

	/** Checks the replies after all requests have timed out. */
	void check(Predicate<String> wasHandled) {
		this.open.forEach((connection, requests) -> {
			if (!connection.isClosed()) {
				assertThat(requests).as("%s has no replies", this.name).isEmpty();
			}
		});
		assertThat(this.refused).as("%s: requests that failed with 503 and were handled", this.name)
			.noneMatch(wasHandled);
	}

}
