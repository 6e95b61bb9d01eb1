package io.nanogame.sample.chat;

import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

import io.nanogame.client.NanoClient;
import io.nanogame.client.NanoClientException;
import io.nanogame.test.NatsServer;
import org.awaitility.Awaitility;

/**
 * The chat on two gates and two chat nodes, with a NATS server and a load balancer.
 */
final class ChatCluster implements AutoCloseable {

	private final NatsServer nats = new NatsServer();

	/** Two ports for each node. */
	private final Iterator<Integer> ports = NatsServer.freePorts(8).iterator();

	final List<ChatNode> chats;

	final List<ChatNode> gates;

	final LoadBalancer balancer;

	/**
	 * Starts the nodes.
	 * @param options command line arguments of all nodes
	 */
	ChatCluster(List<String> options) {
		this.chats = nodes("chat", options);
		this.gates = nodes("gate", options);
		this.balancer = new LoadBalancer(this.gates.stream().map(ChatNode::gamePort).toList());
	}

	private List<ChatNode> nodes(String profile, List<String> options) {
		return Stream.of("-1", "-2")
			.map((number) -> new ChatNode(this.nats, profile + number, profile, this.ports, options))
			.toList();
	}

	void awaitStarted() {
		this.chats.forEach(ChatNode::awaitStarted);
		this.gates.forEach(ChatNode::awaitStarted);
		this.gates.forEach((gate) -> awaitRooms(gate.gamePort()));
	}

	/** Waits until a gate has discovered the nodes with rooms. */
	private static void awaitRooms(int port) {
		try (NanoClient client = NanoClient.builder("tcp://127.0.0.1:" + port).build()) {
			client.connect().block();
			Awaitility.await()
				.ignoreExceptionsMatching(NanoClientException.class::isInstance)
				.until(() -> client.call("room.join", new JoinRequest("Porter", "porch " + port), JoinResponse.class)
					.code() == 0);
		}
	}

	/**
	 * Returns how often something has become of visitors on the gates, also in processes
	 * that have ended.
	 * @param event an event of {@link Visitors}
	 * @param names the beginning of the names of the visitors
	 */
	long countOnGates(String event, String names) {
		return count(this.gates, event, names);
	}

	/** Returns the same for the chat nodes. */
	long countOnChats(String event, String names) {
		return count(this.chats, event, names);
	}

	private static long count(List<ChatNode> nodes, String event, String names) {
		return nodes.stream().mapToLong((node) -> node.count("visitor " + event + " " + names)).sum();
	}

	@Override
	public void close() {
		this.balancer.close();
		this.gates.forEach(ChatNode::close);
		this.chats.forEach(ChatNode::close);
		this.nats.close();
	}

}
