package io.nanogame.boot.test.slice;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;

import io.nanogame.boot.test.client.Inbox;
import io.nanogame.boot.test.client.PlayerConnection;
import io.nanogame.boot.test.client.Reply;
import io.nanogame.boot.test.client.ResumeResult;
import io.nanogame.protocol.Acknowledgement;
import io.nanogame.protocol.HandshakeRequest;
import io.nanogame.protocol.HandshakeResponse;
import io.nanogame.protocol.Kick;
import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageType;
import io.nanogame.protocol.ResumeReply;
import io.nanogame.serialize.Serializer;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * A player in memory, with the protocol of clients on sockets. Has one {@link MemoryLink}
 * after the other if it resumes its session. Receives on the loop; any thread may send.
 */
final class MemoryConnection implements PlayerConnection {

	private final MemoryNetwork network;

	private final HandshakeRequest handshake;

	private final Inbox inbox;

	private final PendingReplies replies;

	private volatile boolean silent;

	// Guarded by this

	/** Null while there is no connection. */
	private @Nullable MemoryLink link;

	/** Null until the first handshake. */
	private @Nullable MemorySession session;

	/** Whether the player resumes its session only to end it. */
	private boolean closing;

	/**
	 * Creates a connection that is not open yet.
	 * @param handshake asks for a session that can be resumed, or not
	 */
	MemoryConnection(MemoryNetwork network, HandshakeRequest handshake, Serializer serializer, Inbox inbox) {
		this.network = network;
		this.handshake = handshake;
		this.inbox = inbox;
		this.replies = new PendingReplies(serializer);
	}

	// Connecting

	@Override
	public CompletableFuture<Void> open() {
		return connect(null).thenApply((result) -> null);
	}

	private synchronized CompletableFuture<ResumeResult> connect(@Nullable MemorySession former) {
		HandshakeRequest request = (former == null) ? this.handshake
				: new HandshakeRequest(this.handshake.client(), this.handshake.userPart(), former.request());
		MemoryLink next = new MemoryLink(this);
		this.link = next;
		next.open(this.network, request);
		return next.opened();
	}

	@Override
	public synchronized CompletableFuture<ResumeResult> resume() {
		if (this.handshake.resume() == null) {
			return cannotResume("connect it with NanoTestClient.resumable()");
		}
		if (this.session == null || !this.session.isResumable()) {
			return cannotResume("the game has ended its session, or nano.resume.window is 0");
		}
		if (this.link != null) {
			return cannotResume("it is connected");
		}
		this.silent = false;
		this.inbox.reopened();
		return connect(this.session);
	}

	private static CompletableFuture<ResumeResult> cannotResume(String reason) {
		return CompletableFuture.failedFuture(new IllegalStateException(reason));
	}

	/**
	 * Called by the link when the server has accepted its handshake.
	 * @param reply null if the session cannot be resumed
	 */
	synchronized void accepted(MemoryLink from, HandshakeResponse response, @Nullable ResumeReply reply) {
		if (from != this.link) {
			return;
		}
		MemorySession former = this.session;
		if (former != null && reply != null && reply.state() == ResumeReply.State.RESUMED) {
			former.resume(reply);
			start(from, former, ResumeResult.RESUMED);
		}
		else if (former != null && reply != null && reply.isKick()) {
			kicked(former, reply.reason());
			from.opened().complete(ResumeResult.lost(MemorySession.reason(reply)));
			from.close();
		}
		else if (this.closing) {
			from.close();
		}
		else {
			this.replies.failAll("the session was lost");
			this.session = new MemorySession(response, reply);
			start(from, this.session, ResumeResult.lost(MemorySession.reason(reply)));
		}
	}

	/** Guarded by this. */
	private void start(MemoryLink on, MemorySession current, ResumeResult result) {
		on.accepted(result);
		current.start(on);
		if (this.closing) {
			end(on);
		}
		else {
			on.startHeartbeat(this.network.time(), current.heartbeatSeconds());
		}
	}

	/**
	 * Called by the link when a heartbeat is due. Returns whether there is a next one.
	 */
	synchronized boolean heartbeat(MemoryLink from) {
		boolean alive = from == this.link && this.session != null && !this.silent;
		if (alive) {
			this.session.heartbeat(from);
		}
		return alive;
	}

	// Out

	@Override
	public CompletableFuture<Reply> request(String route, byte[] body) {
		CompletableFuture<Reply> reply = new CompletableFuture<>();
		long id = this.replies.add(reply);
		if (!send(MessageType.REQUEST, id, route, body)) {
			this.replies.failAll("the connection was closed");
		}
		return reply;
	}

	@Override
	public void notify(String route, byte[] body) {
		if (!send(MessageType.NOTIFY, 0, route, body)) {
			throw new IllegalStateException("The connection is closed");
		}
	}

	/** Returns false if there is no session to send in. */
	private synchronized boolean send(MessageType type, long id, String route, byte[] body) {
		MemorySession current = this.session;
		MemoryLink to = this.link;
		if (current == null || (to == null && !current.isResumable())) {
			return false;
		}
		byte[] packet = current.encode(type, id, route, body);
		if (to != null && to.isAccepted()) {
			to.send(packet);
		}
		return true;
	}

	// In

	/** Called by the link when it has received a message. */
	synchronized void message(MemoryLink from, ByteBuf in, int length) {
		if (from != this.link || this.session == null) {
			return;
		}
		Message message = this.session.decode(in, length);
		if (message.type() == MessageType.PUSH) {
			this.inbox.push(message.route(), message.body(), nanoTime());
		}
		else {
			this.replies.complete(message);
		}
	}

	/** Called by the link when it has received a heartbeat. */
	synchronized void heartbeat(MemoryLink from, ByteBuf in, int length) {
		if (from == this.link && this.session != null && this.session.isResumable()) {
			this.session.confirm(Acknowledgement.read(in, length));
		}
	}

	/** Called by the link when it has read all that has come. */
	synchronized void read(MemoryLink from) {
		if (from == this.link && this.session != null && this.session.isAcknowledgementDue() && !this.silent) {
			this.session.heartbeat(from);
		}
	}

	// The end

	/** Called by the link when it has received a kick. */
	synchronized void kicked(MemoryLink from, Kick kick) {
		boolean moves = kick.isMoving() && this.session != null && this.session.isResumable();
		if (from == this.link && !moves) {
			kicked(this.session, kick.reason());
		}
	}

	private void kicked(@Nullable MemorySession current, String reason) {
		this.inbox.kicked(reason);
		if (current != null) {
			current.ended();
		}
	}

	/** Called by the link when it has ended. */
	synchronized void closed(MemoryLink from) {
		if (from == this.link) {
			ended("was closed");
		}
	}

	/** What arrives afterwards is lost. */
	@Override
	public synchronized void cut() {
		MemoryLink current = this.link;
		if (current == null) {
			throw new IllegalStateException("There is no connection to cut");
		}
		ended("was cut");
		current.close();
	}

	/** Guarded by this. */
	private void ended(String message) {
		this.link = null;
		this.inbox.closed(message);
		if (this.session == null || !this.session.isResumable()) {
			this.replies.failAll("the connection was closed");
		}
	}

	@Override
	public void fallSilent() {
		this.silent = true;
	}

	@Override
	public synchronized void close() {
		if (this.link != null) {
			end(this.link);
		}
		else if (this.session != null && this.session.isResumable()) {
			this.closing = true;
			connect(this.session);
		}
		else {
			this.inbox.closed("was closed");
		}
	}

	/** Ends the session and its connection. Guarded by this. */
	private void end(MemoryLink current) {
		if (this.session != null) {
			this.session.end(current);
		}
		current.close();
	}

	// For the test

	@Override
	public Duration settle(Duration limit) {
		this.network.threads().awaitIdle(limit);
		return Duration.ZERO;
	}

	@Override
	public long nanoTime() {
		return this.network.time().nanoTime();
	}

	@Override
	public String hint() {
		return "Time stands still in this test; VirtualTime.advance advances it.";
	}

}
