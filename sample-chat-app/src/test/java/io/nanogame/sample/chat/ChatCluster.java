package io.nanogame.sample.chat;

import java.util.Iterator;
import java.util.List;

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

	final List<ChatNode> chats = List.of(ChatNode.chat(this.nats, "chat-1", this.ports),
			ChatNode.chat(this.nats, "chat-2", this.ports));

	final List<ChatNode> gates = List.of(ChatNode.gate(this.nats, "gate-1", this.ports),
			ChatNode.gate(this.nats, "gate-2", this.ports));

	final LoadBalancer balancer = new LoadBalancer(this.gates.stream().map(ChatNode::gamePort).toList());

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

	@Override
	public void close() {
		this.balancer.close();
		this.gates.forEach(ChatNode::close);
		this.chats.forEach(ChatNode::close);
		this.nats.close();
	}

}
