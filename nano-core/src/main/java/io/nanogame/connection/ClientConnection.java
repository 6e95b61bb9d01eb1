package io.nanogame.connection;

import java.util.Objects;
import java.util.concurrent.CompletableFuture;

import io.nanogame.protocol.ResumeRequest;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.AwaitedSession;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Connection;
import io.nanogame.session.Continuation;
import io.nanogame.session.Introduction;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A connection, from its first byte until the last message of its client is handled.
 * Confined to the loop of the wire, except for the methods of
 * {@link io.nanogame.session.Connection}.
 */
public final class ClientConnection extends ConnectionLife {

	private ClientConnection(TransportContext context, Protocol protocol, Wire wire) {
		super(context, protocol, wire);
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

	@Override
	ProtocolConnection open(Protocol chosen) {
		return Protocols.open(chosen, this);
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
		if (refusesClients()) {
			// Without a kick, clients connect again, to another server.
			end(CloseReason.SHUTDOWN);
			return;
		}
		Session candidate = this.context.admissions.candidate(this, introduction, payloads);
		this.session = candidate;
		this.gate.attach(candidate);
		this.context.admissions.decide(this, candidate, admission);
	}

	/** Returns the payloads of the session, which validators may have chosen. */
	public Payloads payloads() {
		return (this.session != null) ? this.session.payloads() : this.context.registry.payloads();
	}

	/**
	 * Opens the session of a client that was accepted. If it will continue a session of
	 * another server, that arrives first, and nothing is read until then.
	 */
	public void opened() {
		Session accepted = this.session;
		if (accepted == null) {
			return;
		}
		if (refusesClients()) {
			// Since the handshake. It must bring no session to a server that stops.
			end(CloseReason.SHUTDOWN);
			return;
		}
		CompletableFuture<AwaitedSession> older = this.context.registry.logins()
			.awaited()
			.bring(accepted)
			.toCompletableFuture();
		if (older.isDone()) {
			open(accepted, older.join());
			return;
		}
		this.gate.hold(true);
		older.thenAccept((arrived) -> loop().enqueue(() -> {
			this.gate.hold(false);
			open(accepted, arrived);
			resume();
		}));
	}

	private void open(Session accepted, AwaitedSession older) {
		try (older) {
			if (!older.isNewest()) {
				end(CloseReason.RESUMED_ELSEWHERE);
			}
			else if (!isEnding()) {
				open(accepted);
			}
		}
	}

	private void open(Session accepted) {
		this.state = ConnectionState.OPEN;
		this.outbound.open();
		if (this.resumption != null) {
			this.resumption.opened();
			this.outbound.outlet().keep(this.resumption);
		}
		if (this.context.open(accepted, wire().query())) {
			this.openedSession = accepted;
			this.context.opened(accepted, loop());
		}
		this.gate.open(accepted.uid());
	}

	/**
	 * Returns whether sessions of this server outlive their connections.
	 * @return false if clients cannot resume
	 */
	public boolean canResume() {
		return this.context.resumable.settings().isEnabled();
	}

	/**
	 * Asks for the former session of the client, and reads nothing until it is decided
	 * whether the client may continue it. Once.
	 * @param request what the client has sent
	 * @param introduction the client's description of itself
	 * @param name the name of the protocol, which must be that of the session
	 * @param decision receives the decision, perhaps before this method returns
	 */
	public void resume(ResumeRequest request, Introduction introduction, String name, ResumeDecision decision) {
		this.claim = new ResumeClaim(this, name, request, introduction, decision);
		this.claim.submit(this.context);
	}

	/** Continues the claimed session with this socket. */
	public void takeOver() {
		if (this.claim != null) {
			this.claim.takeOver();
		}
	}

	/**
	 * Lets clients of a protocol continue the session by a login, and this client another
	 * one. Called before the client is introduced.
	 * @param name the name of the protocol
	 */
	public void mayContinue(String name) {
		this.continuity = name;
	}

	@Override
	public boolean admits(Connection newer) {
		return this.continuity != null && newer instanceof ClientConnection other && other.context == this.context
				&& this.continuity.equals(other.continuity);
	}

	@Override
	public void continueWith(Connection newer, Continuation continuation) {
		new Takeover(this, (ClientConnection) newer, continuation).begin();
	}

	/**
	 * Passes bytes on to the session that this socket has taken over.
	 * @param in the bytes; owned by the wire
	 */
	public void relay(ByteBuf in) {
		if (this.relay != null) {
			this.relay.received(in);
			in.skipBytes(in.readableBytes());
			this.gate.mayReadNext();
		}
	}

	/**
	 * Lets the session of an accepted client outlive its connection. Called before it
	 * opens.
	 * @param name the name of the protocol
	 * @return the state of the session, for as long as it is open
	 */
	public Resumption keepWhenCut(String name) {
		Session accepted = Objects.requireNonNull(this.session);
		Resumption kept = new Resumption(this, accepted, name, this.context, null);
		this.resumption = kept;
		kept.begin();
		return kept;
	}

	/** Closes the session, because the client leaves, if it would be kept otherwise. */
	public void leave() {
		Session own = ownSession();
		if (own != null && (this.resumption != null || isContinuable()) && SessionHandle.own(own).login().beginEnd()) {
			own.close(CloseReason.CLIENT_CLOSED);
		}
	}

	/**
	 * Closes the session of the client, because the loop has rejected output, which is
	 * lost. Thread-safe.
	 */
	public void outputLost() {
		RelayWire serving = this.relay;
		Session present = (serving != null) ? serving.served() : ownSession();
		if (present != null) {
			present.close(CloseReason.SERVER_ERROR);
		}
	}

	/**
	 * Reads packets. An incomplete packet, and all packets after a pause, remain unread.
	 * @param in the bytes; owned by the wire
	 */
	public void receive(ByteBuf in) {
		if (isReplaced()) {
			in.skipBytes(in.readableBytes());
		}
		else {
			read(in);
		}
	}

	/** Reads packets of the current wire. */
	void read(ByteBuf in) {
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
		if (this.relay != null) {
			this.relay.read();
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
	public void resume() {
		this.gate.resumeSoon();
		Takeover begun = this.leaving;
		if (begun != null) {
			loop().enqueue(() -> Takeover.proceed(begun));
		}
		if (this.gate.isInputEnded() || isLeaving()) {
			loop().enqueue(this::endWhenDone);
		}
	}

	@Override
	public boolean isConnected() {
		return !isEnding() && !(wire() instanceof DetachedWire);
	}

}
