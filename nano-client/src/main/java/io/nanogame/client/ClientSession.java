package io.nanogame.client;

import java.time.Duration;
import java.util.List;

import io.nanogame.protocol.HandshakeResponse;
import io.nanogame.protocol.MessageType;
import io.nanogame.protocol.ProtocolException;
import io.nanogame.protocol.ResumeReply;
import io.nanogame.protocol.ResumeRequest;
import io.nanogame.protocol.RouteDictionary;
import io.nanogame.serialize.PayloadReader;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.MonoSink;

/**
 * What the messages of an application belong to: the requests in flight, and where
 * messages go. A session ends with its connection, unless the server can resume it: then
 * it outlives connections, and the object even the server's session, because messages may
 * wait for the next one.
 * <p>
 * Any thread may send. All else is confined to the event loop of the connection, or to
 * one thread at a time while there is none.
 */
final class ClientSession {

	private final Listeners listeners;

	private final ResumeOptions options;

	private final Requests requests;

	private final Positions positions;

	private final Outbox outbox;

	/** The connection, or the outbox once the server has agreed to resume the session. */
	private volatile Output output;

	/** Empty if the session cannot be resumed, or not any more. */
	private volatile String token = "";

	/** Whether the server has agreed to resume the session, and it was not lost yet. */
	private volatile boolean resumable;

	private RouteDictionary dictionary = RouteDictionary.EMPTY;

	private int heartbeatSeconds;

	/**
	 * Creates a session.
	 * @param connection its first connection, and its only one unless the server can
	 * resume sessions
	 */
	ClientSession(ClientSettings settings, Listeners listeners, Link connection) {
		this.listeners = listeners;
		this.options = settings.resume();
		this.requests = new Requests(connection.eventLoop(), settings);
		this.positions = new Positions(this.options.maxUnconfirmedBytes());
		this.outbox = new Outbox(this.options.maxUnconfirmedBytes(), this.requests, this.positions, listeners);
		this.output = connection;
	}

	// Any thread

	void request(String route, byte[] body, @Nullable PayloadReader reader, Duration timeout, MonoSink<Object> sink) {
		Output current = this.output;
		ClientOverloadedException overload = current.overload();
		if (overload != null) {
			sink.error(overload);
			return;
		}
		long id = this.requests.add(route, reader, timeout, sink);
		if (id == 0) {
			return;
		}
		try {
			current.send(MessageType.REQUEST, id, route, body);
		}
		catch (NotConnectedException | ProtocolException | IllegalArgumentException ex) {
			this.requests.fail(id, ex);
		}
	}

	/**
	 * Sends a notification.
	 * @throws NotConnectedException if the session was lost meanwhile
	 * @throws ClientOverloadedException if too many bytes wait to be sent
	 * @throws ProtocolException if the route or the body is too long
	 */
	void notify(String route, byte[] body) {
		Output current = this.output;
		ClientOverloadedException overload = current.overload();
		if (overload != null) {
			throw overload;
		}
		current.send(MessageType.NOTIFY, 0, route, body);
	}

	Requests requests() {
		return this.requests;
	}

	/** Returns whether the server has agreed to resume this session. */
	boolean isResumable() {
		return this.resumable;
	}

	/** Returns whether the client can try to resume this session. */
	boolean hasToken() {
		return !this.token.isEmpty();
	}

	// The event loop

	/** Returns what the client asks for in its handshake. */
	ResumeRequest resumeRequest() {
		return hasToken() ? new ResumeRequest(this.token, this.positions.received()) : ResumeRequest.NEW;
	}

	Positions positions() {
		return this.positions;
	}

	RouteDictionary dictionary() {
		return this.dictionary;
	}

	int heartbeatSeconds() {
		return this.heartbeatSeconds;
	}

	/**
	 * Called when the server has accepted the client with a new session.
	 * @param resume {@code null} if it cannot be resumed
	 */
	void renew(HandshakeResponse response, @Nullable ResumeReply resume) {
		this.dictionary = response.dictionary();
		this.heartbeatSeconds = response.heartbeatSeconds();
		this.positions.reset();
		this.outbox.renew(response.dictionary(), resume != null);
		if (resume != null) {
			this.resumable = true;
			this.token = resume.token();
			this.output = this.outbox;
		}
	}

	/**
	 * Called when the server has accepted the client with this session.
	 * @throws ProtocolException if the server has not received what was confirmed, or
	 * more than was sent
	 */
	void resume(ResumeReply resume) {
		if (!hasToken()) {
			throw new ProtocolException(ProtocolException.Reason.BAD_HANDSHAKE);
		}
		// The session is lost if the numbers do not match.
		this.token = "";
		this.outbox.confirm(resume.received());
		this.token = resume.token();
	}

	/**
	 * Starts sending, after the last packet of the handshake.
	 * @param resumed whether what is not confirmed is sent again
	 */
	void start(Link link, boolean resumed) {
		if (resumed) {
			this.outbox.resume(link);
		}
		else {
			this.outbox.start(link);
		}
	}

	/**
	 * Called with the number in a heartbeat.
	 * @throws ProtocolException if it is impossible
	 */
	void confirm(long count) {
		this.outbox.confirm(count);
	}

	// The end

	/** Gives up the server's session: it is lost when the connection ends. */
	void forgetToken() {
		this.token = "";
	}

	/** Writes what waits. */
	void flush() {
		this.outbox.drain();
	}

	/** Called when the connection has ended, before the session does. */
	void stop() {
		this.outbox.stop();
	}

	/**
	 * Called when the connection has ended and the server's session is not resumed.
	 * @param opened whether this session has used the connection
	 * @param last whether the client opens no other connection
	 */
	void connectionEnded(NanoClientException reason, boolean opened, boolean last) {
		boolean closedAfterLastMessage = opened && reason instanceof ClientClosedException;
		if (this.output != this.outbox || closedAfterLastMessage) {
			this.requests.end(reason);
		}
		else if (this.resumable || last) {
			lose(reason, last);
		}
		else if (opened) {
			// The server has stopped resuming sessions.
			this.requests.end(reason);
		}
	}

	/**
	 * Called when the server's session was lost.
	 * @param last whether the client opens no other session
	 */
	void lose(NanoClientException reason, boolean last) {
		boolean keepUnsent = this.options.keepUnsent() && !last;
		this.token = "";
		this.resumable = false;
		// First: no message can be added then whose request remains.
		List<UndeliveredNotification> undelivered = this.outbox.lose(keepUnsent);
		this.requests.lose(reason, keepUnsent);
		this.listeners.deliver(undelivered);
		if (last) {
			this.requests.end(reason);
		}
	}

}
