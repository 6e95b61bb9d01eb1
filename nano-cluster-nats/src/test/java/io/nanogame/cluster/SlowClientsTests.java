package io.nanogame.cluster;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.nanogame.client.NanoClient;
import io.nanogame.cluster.ForwardingTests.Text;
import io.nanogame.protocol.Message;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Connection;
import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.Introduction;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import io.nanogame.session.SessionRegistry;
import io.nanogame.test.NatsServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A client that does not read what it is sent holds up nobody else.
 */
class SlowClientsTests {

	private final NatsServer nats = new NatsServer();

	private final TestNode gate = TestNode.gateway(this.nats, "gate");

	private final TestNode room = TestNode.backend(this.nats, "room");

	@BeforeEach
	void start() {
		this.room.lane("room.echo", (request) -> request.body()).start();
		this.gate.start();
		Awaitility.await().until(() -> this.gate.cluster.nodes().others().size() == 1);
	}

	@AfterEach
	void stop() {
		this.gate.close();
		this.room.close();
		this.nats.close();
	}

	@Test
	void theOthersReachANodeWhileALoopWaitsForItsOnlyClient() {
		Waiting slow = new Waiting();
		SessionRegistry registry = SessionRegistry.of(this.gate.sessions);
		Session session = registry.create(slow, slow.handshake());
		registry.open(session);
		Awaitility.await().until(() -> SessionHandle.of(session).queue().backlog() == 0);
		try (NanoClient client = this.gate.client()) {
			this.gate.cluster.route(session, Message.notify("room.echo", new byte[0]), Map.of(), 0, Long.MAX_VALUE);
			assertThat(client.call("room.echo", new Text("x"), Text.class)).isEqualTo(new Text("x"));
			Awaitility.await().until(() -> this.room.sessions.count() == 2);
		}
		slow.waits = false;
		session.close();
		slow.run();
	}

	/** A connection whose loop has no time for tasks, because it waits for the client. */
	private static final class Waiting implements Connection, ConnectionLoop {

		private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

		private volatile boolean waits = true;

		Introduction handshake() {
			return Introduction.UNKNOWN;
		}

		@Override
		public void execute(Runnable task) {
			this.tasks.add(task);
			if (!this.waits) {
				run();
			}
		}

		void run() {
			Runnable task;
			while ((task = this.tasks.poll()) != null) {
				task.run();
			}
		}

		@Override
		public boolean waitsForClients() {
			return true;
		}

		@Override
		public void broadcast(OutboundMessage message, Collection<Session> members) {
		}

		@Override
		public ConnectionLoop loop() {
			return this;
		}

		@Override
		public void send(OutboundMessage message) {
		}

		@Override
		public void close(CloseReason reason) {
		}

		@Override
		public void resume() {
		}

		@Override
		public SocketAddress remoteAddress() {
			return InetSocketAddress.createUnresolved("unknown", 0);
		}

		@Override
		public String transport() {
			return "servlet";
		}

		@Override
		public Map<String, List<String>> queryParameters() {
			return Map.of();
		}

	}

}
