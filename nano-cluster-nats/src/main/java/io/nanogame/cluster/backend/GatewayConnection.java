package io.nanogame.cluster.backend;

import java.net.SocketAddress;
import java.util.List;
import java.util.Map;

import io.nanogame.cluster.frame.ClientDescription;
import io.nanogame.cluster.frame.Frame;
import io.nanogame.cluster.frame.GatewayFrame.Push;
import io.nanogame.cluster.frame.GatewayFrame.Reply;
import io.nanogame.cluster.frame.GatewayFrame.StateChange;
import io.nanogame.cluster.frame.SessionFrame.SessionClosed;
import io.nanogame.cluster.peer.Outbox;
import io.nanogame.protocol.MessageType;
import io.nanogame.serialize.SerializationException;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Connection;
import io.nanogame.session.OutboundMessage;

/**
 * The connection to a client that is connected to another node. Outbound interceptors run
 * on that node.
 */
final class GatewayConnection implements Connection {

	/**
	 * By how much a change is longer when the gateway passes it on: its numbers, and the
	 * id of the gateway.
	 */
	private static final int PASSED_ON_BYTES = 256;

	private final long session;

	private final ClientDescription client;

	/** Changes when the client connects to another node. */
	private volatile Destination destination;

	private final BackendLoop loop;

	private final EndedSessions ended;

	/** The messages whose replies were sent. Guarded by itself. */
	private final RecentNumbers replies = new RecentNumbers();

	/** Whether the gateway has closed the session, and expects no frames. */
	private volatile boolean closed;

	GatewayConnection(long session, ClientDescription client, String gateway, Outbox outbox, BackendLoop loop,
			EndedSessions ended) {
		this.session = session;
		this.client = client;
		this.destination = new Destination(gateway, outbox, client.moves());
		this.loop = loop;
		this.ended = ended;
	}

	/** The client is connected to another node now. */
	synchronized void moveTo(String gateway, Outbox outbox) {
		this.destination = new Destination(gateway, outbox, this.destination.moves);
	}

	/**
	 * A node claims that the client is connected to it, or to another one.
	 * @param moves how often the session has moved: the highest number decides
	 * @return whether that is the node to which frames are sent from now on
	 */
	synchronized boolean moveTo(String gateway, Outbox outbox, long moves) {
		if (moves > this.destination.moves) {
			this.destination = new Destination(gateway, outbox, moves);
		}
		return this.destination.gateway.equals(gateway);
	}

	long moves() {
		return this.destination.moves;
	}

	String gateway() {
		return this.destination.gateway;
	}

	Outbox outbox() {
		return this.destination.outbox;
	}

	@Override
	public void send(OutboundMessage message) {
		if (this.closed) {
			return;
		}
		if (message.type() == MessageType.RESPONSE) {
			sendSoon(new Reply(this.session, message.id(), message.isError(), message.body()));
			synchronized (this.replies) {
				this.replies.add(message.id());
			}
		}
		else {
			sendSoon(new Push(this.session, message.route(), message.body(), form()));
		}
	}

	/**
	 * Sends a frame: on the loop at the end of its batch, on other threads now.
	 * @throws SerializationException when it is too long
	 */
	void sendSoon(Frame frame) {
		if (this.loop.isCurrent()) {
			this.destination.outbox.add(frame);
		}
		else {
			this.destination.outbox.send(frame);
		}
	}

	/**
	 * Sends a change.
	 * @throws SerializationException when it is too long, also for the other nodes to
	 * which the gateway passes it on
	 */
	void send(StateChange change) {
		this.destination.outbox.send(change, PASSED_ON_BYTES);
	}

	@Override
	public void close(CloseReason reason) {
		if (!this.closed) {
			SessionClosed report = new SessionClosed(this.session, reason);
			Destination gateway = this.destination;
			this.ended.add(gateway.gateway, gateway.moves, report);
			try {
				gateway.outbox.send(report);
			}
			catch (SerializationException ex) {
				// Its message is too long, also the next time.
				this.ended.confirm(gateway.gateway, this.session);
				throw ex;
			}
		}
	}

	/** Returns the name of the form in which messages to the client are written. */
	String form() {
		return this.client.form();
	}

	/** Returns whether the reply to a recent message was sent. */
	boolean hasReplied(long sequence) {
		synchronized (this.replies) {
			return this.replies.contains(sequence);
		}
	}

	void closedByGateway() {
		this.closed = true;
	}

	boolean isClosed() {
		return this.closed;
	}

	@Override
	public BackendLoop loop() {
		return this.loop;
	}

	@Override
	public void resume() {
		// The gateway limits the messages in progress, and reads from the client.
	}

	@Override
	public SocketAddress remoteAddress() {
		return this.client.address();
	}

	@Override
	public String transport() {
		return this.client.transport();
	}

	@Override
	public Map<String, List<String>> queryParameters() {
		return this.client.queryParameters();
	}

	/** The node to which the client is connected. */
	private record Destination(String gateway, Outbox outbox, long moves) {
	}

}
