package io.nanogame.connection;

import java.util.List;
import java.util.Objects;

import io.nanogame.resume.KeptPacket;
import io.nanogame.resume.ResumeOutcome;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Continuation;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import org.jspecify.annotations.Nullable;

/**
 * The client of one connection, the socket, has logged in to continue the session of
 * another one, the target, which may be on another loop.
 *
 * <pre>
 * target: cut --------------------------&gt; attach, held pushes
 * socket: hold --messages handled--&gt; move
 * </pre>
 *
 * Until the move, the socket sends the responses to the messages that it has received, of
 * which the login is one. Then it relays the bytes of the target, as that of a client
 * that has resumed its session.
 */
final class Takeover {

	private final ClientConnection target;

	private final ClientConnection socket;

	private final Continuation continuation;

	/** Whether the former socket is closed. Confined to the loop of the target. */
	private boolean cut;

	Takeover(ClientConnection target, ClientConnection socket, Continuation continuation) {
		this.target = target;
		this.socket = socket;
		this.continuation = continuation;
	}

	void begin() {
		this.target.loop().enqueue(this::cut);
		// If the loop rejects this, the next turn or sweep of the socket holds it.
		this.socket.leaving = this;
		this.socket.loop().enqueue(this::hold);
	}

	/** Closes the former socket, once. Confined to the loop of the target. */
	private void cut() {
		if (this.cut) {
			return;
		}
		this.cut = true;
		Session kept = Objects.requireNonNull(this.target.session);
		SessionHandle.own(kept).login().unreserve();
		if (this.target.isEnding()) {
			CloseReason reason = kept.closeReason();
			refuse((reason != null) ? reason : CloseReason.CLOSED);
			return;
		}
		Takeover earlier = this.target.arriving;
		this.target.arriving = this;
		if (earlier != null) {
			earlier.refuse(CloseReason.RESUMED_ELSEWHERE);
		}
		this.target.retire(CloseReason.RESUMED_ELSEWHERE);
		SessionHandle.own(kept).nextClient();
		Resumption last = Objects.requireNonNull(this.target.resumption);
		last.withdraw(CloseReason.RESUMED_ELSEWHERE);
		if (!adoptClient()) {
			last.sent.cut();
		}
	}

	/** Reads no more from the socket. Confined to its loop. */
	void hold() {
		if (this.socket.isRelaying()) {
			return;
		}
		reportLeft();
		if (this.socket.isEnding()) {
			abandoned();
		}
		else {
			this.socket.gate.hold(true);
			this.socket.gate.mayReadNext();
		}
		proceed(this);
	}

	private void reportLeft() {
		if (this.socket.openedSession != null) {
			this.socket.context.left(this.continuation, this.socket.loop());
			this.socket.openedSession = null;
		}
	}

	/**
	 * Moves the client when all of its messages are handled, after the responses that are
	 * still queued on the loop. Confined to the loop of the socket.
	 * @param begun the takeover by a client; null for none
	 */
	static void proceed(@Nullable Takeover begun) {
		if (begun != null && !begun.socket.isRelaying() && begun.socket.gate.backlog() == 0) {
			begun.continuation.end();
			begun.socket.loop().enqueue(begun::move);
		}
	}

	private void move() {
		if (this.socket.isEnding() || this.socket.isRelaying()) {
			return;
		}
		reportLeft();
		this.socket.gate.hold(false);
		this.socket.gate.relay();
		this.socket.outbound.close();
		this.socket.protocol.relay();
		Resumption numbered = this.socket.resumption;
		this.socket.resumption = null;
		if (numbered != null) {
			numbered.refuse(CloseReason.RESUMED_ELSEWHERE);
			numbered.sent.unshare();
		}
		RelayWire wire = new RelayWire(this.target, this.socket);
		this.socket.relay = wire;
		this.socket.leaving = null;
		wire.toSession(() -> attach(wire, numbered));
		this.socket.resume();
		if (this.socket.gate.isInputEnded()) {
			this.socket.end(CloseReason.CLIENT_CLOSED);
		}
	}

	/** Continues the session with the client. Confined to the loop of the target. */
	private void attach(RelayWire wire, @Nullable Resumption numbered) {
		cut();
		Session kept = Objects.requireNonNull(this.target.session);
		if (this.target.arriving != this || !kept.isOpen() || !this.continuation.uid().equals(kept.uid())) {
			CloseReason closed = kept.closeReason();
			CloseReason reason = (closed != null) ? closed : CloseReason.RESUMED_ELSEWHERE;
			if (numbered != null) {
				numbered.ended(reason);
			}
			giveUp();
			refuse(reason);
			return;
		}
		this.target.arriving = null;
		Resumption last = Objects.requireNonNull(this.target.resumption);
		List<KeptPacket> held = last.sent.pushesSinceCut();
		Outlet outlet = this.target.outbound.outlet();
		this.target.resumption = numbered;
		outlet.keep(numbered);
		long away = last.detachment.resumed(this.target.nanoTime());
		if (numbered != null) {
			numbered.connection = this.target;
			numbered.session = kept;
		}
		if (numbered != null && numbered.isDetached()) {
			this.target.use(new DetachedWire(wire, this.target.loop(), numbered::keptBytes));
			held.forEach(outlet::append);
			last.sent.clear();
			awaitResume(numbered, kept);
			return;
		}
		this.target.use(wire);
		this.target.gate.rates().caughtUp();
		held.forEach(outlet::append);
		last.sent.clear();
		this.target.context.resumed(kept, this.target.loop(), wire.query(), away, held.size(), ResumeOutcome.CONTINUED);
		wire.flush();
		this.target.writable();
	}

	/** The client was cut while it logged in, but can resume the session. */
	private void awaitResume(Resumption numbered, Session kept) {
		long now = this.target.nanoTime();
		numbered.detachment.resumed(now);
		numbered.detachment.begin(kept, now, true);
		refuse(CloseReason.CLIENT_CLOSED);
	}

	/**
	 * Encodes messages for the newer client from now on. Its properties do not change
	 * after its handshake. Returns whether it reads the packets of the former one.
	 */
	private boolean adoptClient() {
		ProtocolConnection protocol = this.target.protocol;
		BroadcastForm before = protocol.broadcastForm();
		protocol.adopt(this.socket.protocol.decided());
		return protocol.broadcastForm() == before;
	}

	/** Closes the socket, whose client cannot continue the session. Thread-safe. */
	private void refuse(CloseReason reason) {
		this.socket.loop().enqueue(() -> this.socket.end(reason));
	}

	/** The socket has ended before the move. Confined to its loop. */
	private void abandoned() {
		this.target.loop().enqueue(this::giveUp);
	}

	/** The session awaits another client. Confined to the loop of the target. */
	private void giveUp() {
		cut();
		if (this.target.arriving == this) {
			this.target.arriving = null;
			Objects.requireNonNull(this.target.resumption).detachment
				.awaitNext(Objects.requireNonNull(this.target.session), this.target.nanoTime());
		}
	}

	/**
	 * Called when a connection ends that does not relay another session. Confined to its
	 * loop.
	 * @param connection a socket or a target of a takeover, or neither
	 * @param reason why it ends
	 */
	static void ended(ConnectionLife connection, CloseReason reason) {
		Takeover left = connection.leaving;
		if (left != null) {
			left.abandoned();
		}
		Takeover awaited = connection.arriving;
		if (awaited != null) {
			connection.arriving = null;
			Session closed = connection.session;
			CloseReason first = (closed != null) ? closed.closeReason() : null;
			awaited.refuse((first != null) ? first : reason);
		}
	}

}
