package io.nanogame.connection;

import io.nanogame.serialize.Payloads;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Connection;
import io.nanogame.session.Introduction;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A connection, from its first byte until the last message of its client is handled.
 *
 * <pre>
 * CONNECTED --session opens--&gt; OPEN      both --end--&gt; ENDING      all --wire closed--&gt; CLOSED
 * </pre>
 *
 * Ends by {@link #close} (the session was closed; follows the output sent before),
 * {@link #end} (this side ends it, ahead of queued output), {@link #endWithoutFarewell}
 * (as end, but the caller sends the last bytes), {@link #inputEnded} (half-close; ends
 * after the last reply) or {@link #disconnected} (the client is gone).
 *
 * Confined to the loop of the wire, except for the methods of {@link Connection}.
 */
public final class ClientConnection extends CarriedConnection {

	private final TransportContext context;

	private final ProtocolConnection protocol;

	private final ReadGate gate;

	private final OutboundQueue outbound;

	private ConnectionState state = ConnectionState.CONNECTED;

	/** Written once, before other threads can reach this connection through it. */
	private @Nullable Session session;

	private ClientConnection(TransportContext context, Protocol protocol, Wire wire) {
		super(wire);
		this.context = context;
		this.protocol = Protocols.open(protocol, this);
		this.gate = new ReadGate(context.intake, wire, this.protocol);
		this.outbound = new OutboundQueue(context.outbound, wire, this.protocol);
	}

	/**
	 * Creates the connection to which a wire must report its events.
	 * @param context the shared state of the server's connections
	 * @param protocol the protocol of the client, see {@link Protocols}
	 * @param wire the transport of the client
	 * @return the connection
	 */
	public static ClientConnection open(TransportContext context, Protocol protocol, Wire wire) {
		ClientConnection connection = new ClientConnection(context, protocol, wire);
		wire.loop().add(connection);
		context.connections.add(connection);
		return connection;
	}

	public ReadGate gate() {
		return this.gate;
	}

	public OutboundQueue outbound() {
		return this.outbound;
	}

	/** Called when the transport is established: on a WebSocket after the upgrade. */
	public void connected() {
		this.protocol.connected();
	}

	/**
	 * Submits the client to the validators, and reads nothing until they decide. Once.
	 * @param introduction the client's description of itself
	 * @param payloads the payloads of the {@link Protocol}; null for the server's
	 * @param admission receives the decision, perhaps before this method returns
	 */
	public void introduce(Introduction introduction, @Nullable Payloads payloads, Admission admission) {
		Session candidate = this.context.admissions.candidate(this, introduction, payloads);
		this.session = candidate;
		this.gate.attach(candidate);
		this.context.admissions.decide(this, candidate, admission);
	}

	/** Returns the payloads of the session, which validators may have chosen. */
	public Payloads payloads() {
		return (this.session != null) ? this.session.payloads() : this.context.registry.payloads();
	}

	/** Opens the session of a client that was accepted. */
	public void opened() {
		if (this.session != null) {
			this.state = ConnectionState.OPEN;
			this.outbound.open();
			if (this.context.open(this.session, wire().query())) {
				this.openedSession = this.session;
				this.context.opened(this.session, loop());
			}
			this.gate.open(this.session.uid());
		}
	}

	/**
	 * Reads packets. An incomplete packet, and all packets after a pause, remain unread.
	 * @param in the bytes; owned by the wire
	 */
	public void receive(ByteBuf in) {
		this.outbound.outlet().beginRead();
		try {
			CloseReason failure = this.gate.receive(in);
			if (failure != null) {
				end(failure);
			}
		}
		finally {
			this.outbound.outlet().endRead();
			if (isEnding()) {
				in.skipBytes(in.readableBytes());
			}
		}
	}

	/** Called when the wire is writable again, because the client has read. */
	public void writable() {
		resume();
		if (this.session != null) {
			this.outbound.releaseHeld(this.session);
		}
	}

	/** The client has closed its half. The connection ends after the last reply. */
	public void inputEnded() {
		if (this.state == ConnectionState.OPEN || !isEnding() && this.gate.isPaused() && wire().hasUnread()) {
			this.gate.endInput();
			endWhenDone();
		}
		else if (!isEnding()) {
			end(CloseReason.CLIENT_CLOSED);
		}
	}

	/** Called when the wire is closed, with a reason of the client. */
	public void disconnected(CloseReason reason) {
		if (this.state == ConnectionState.CLOSED) {
			return;
		}
		boolean ending = isEnding();
		enter(ConnectionState.CLOSED);
		if (this.session != null) {
			this.gate.saveAllowance(this.session.uid());
			this.session.close(reason);
		}
		if (!ending) {
			this.context.ended(wire(), this.openedSession, reason);
		}
		leaveWhenDone();
	}

	@Override
	public void sweep(long nowNanos) {
		if (this.session != null) {
			SessionHandle.of(this.session).queue().expire(nowNanos);
		}
		if (this.state == ConnectionState.CLOSED) {
			leaveWhenDone();
		}
		else if (this.state == ConnectionState.ENDING) {
			this.gate.abortWhenOverdue(nowNanos);
		}
		else {
			if (this.gate.isInputEnded()) {
				endWhenDone();
			}
			CloseReason overdue = this.gate.overdue(nowNanos);
			if (overdue != null) {
				end(overdue);
			}
		}
	}

	@Override
	public void send(OutboundMessage message) {
		Session receiver = this.session;
		if (receiver != null && receiver.isOpen()) {
			this.outbound.send(receiver, message);
		}
	}

	@Override
	void deliver(Broadcast broadcast) {
		if (this.session != null) {
			this.outbound.deliver(this.session, broadcast);
		}
	}

	@Override
	public void close(CloseReason reason) {
		loop().inOrder(() -> finish(reason));
	}

	@Override
	public void resume() {
		this.gate.resumeSoon();
		if (this.gate.isInputEnded() || this.context.connections.isDraining()) {
			loop().enqueue(this::endWhenDone);
		}
	}

	public boolean isEnding() {
		return this.state == ConnectionState.ENDING || this.state == ConnectionState.CLOSED;
	}

	/** Ends the connection from this side, ahead of queued output. */
	public void end(CloseReason reason) {
		if (this.session != null && this.session.isOpen()) {
			this.session.close(reason);
		}
		finish(reason);
	}

	private void finish(CloseReason reason) {
		if (isEnding()) {
			return;
		}
		byte[] farewell = this.protocol.farewell(reason);
		if (farewell != null) {
			wire().append(farewell);
		}
		endWithoutFarewell(reason);
		wire().finish(reason);
	}

	/** Ends the connection; the caller sends the last bytes and closes the wire. */
	public void endWithoutFarewell(CloseReason reason) {
		if (!isEnding()) {
			enter(ConnectionState.ENDING);
			this.context.ended(wire(), this.openedSession, reason);
		}
	}

	private void enter(ConnectionState next) {
		this.state = next;
		this.gate.end();
		this.outbound.close();
	}

	/**
	 * Ends the connection if no work is left; otherwise resume or the sweep calls again.
	 * Thread-safe.
	 */
	void endWhenDone() {
		if (canEnd()) {
			// After the replies that are still queued on the loop.
			loop().enqueue(this::endIfDone);
		}
	}

	private boolean canEnd() {
		return !this.gate.isWorkPending()
				&& (!this.gate.isPaused() || isEnding() || this.context.connections.isDraining());
	}

	private void endIfDone() {
		if (this.state == ConnectionState.CLOSED) {
			leaveWhenDone();
		}
		else if (canEnd() && this.context.connections.isDraining()) {
			shutDown();
		}
		else if (canEnd()) {
			wire().flush();
			if (wire().pendingBytes() == 0) {
				end(CloseReason.CLIENT_CLOSED);
			}
		}
	}

	private void leaveWhenDone() {
		if (this.gate.backlog() == 0) {
			loop().remove(this);
			this.context.connections.remove(this);
		}
	}

	void shutDown() {
		if (this.session != null) {
			this.session.close(CloseReason.SHUTDOWN);
		}
		else {
			finish(CloseReason.SHUTDOWN);
		}
	}

}
