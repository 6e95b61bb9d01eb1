package io.nanogame.connection;

import java.util.Map;

import io.nanogame.observe.LoggedClient;
import io.nanogame.observe.MessageObserver;
import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageType;
import io.nanogame.session.CloseReason;
import io.nanogame.session.MessageReceiver;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.SessionHandle;
import io.nanogame.time.TimeSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Counts and limits the messages that a server receives. A message is admitted by its
 * head, before its body is read. Thread-safe.
 */
final class Intake {

	private static final Logger log = LoggerFactory.getLogger(Intake.class);

	private final RequestRate rate;

	private final Draining draining;

	private final MessageReceiver receiver;

	private final Traffic traffic;

	private final @Nullable MessageObserver messages;

	private final Backlog backlog;

	private final ConnectionSettings settings;

	private final long requestTimeoutNanos;

	private final TimeSource time;

	/**
	 * Creates the intake of a server.
	 * @param receiver receives the admitted messages
	 * @param messages is notified of each message; null for none
	 */
	Intake(TransportSettings settings, MessageReceiver receiver, Draining draining, Traffic traffic,
			@Nullable MessageObserver messages, TimeSource time) {
		this.settings = settings.connection();
		this.requestTimeoutNanos = settings.dispatch().requestTimeout().toNanos();
		this.rate = new RequestRate(settings.connection().limits(), time::nanoTime);
		this.backlog = new Backlog(settings.dispatch());
		this.receiver = receiver;
		this.draining = draining;
		this.traffic = traffic;
		this.messages = messages;
		this.time = time;
	}

	ConnectionSettings settings() {
		return this.settings;
	}

	RequestRate rate() {
		return this.rate;
	}

	Backlog backlog() {
		return this.backlog;
	}

	boolean isDraining() {
		return this.draining.hasBegun();
	}

	long nanoTime() {
		return this.time.nanoTime();
	}

	/**
	 * Returns whether a message is admitted. A rejected request fails immediately, before
	 * the replies to pending ones.
	 * @param loop the loop of the connection, on which this method is called
	 * @param allowance the rate limit of the client, or null for none
	 * @param id 0 when no reply is expected
	 * @param length the length of the received body, in bytes
	 * @throws TooManyRequestsException when the client must be disconnected
	 */
	boolean admits(OutputLoop loop, SessionHandle handle, @Nullable Allowance allowance, MessageType type, long id,
			String route, int length) {
		this.traffic.messageReceived(loop, type);
		MessageObserver observer = this.messages;
		if (observer != null) {
			loop.deliver(() -> observer.received(handle.session(), type, id, route, length));
		}
		boolean request = type == MessageType.REQUEST && id != 0;
		if (isDraining()) {
			this.draining.countLateMessage();
			return refuse(handle, request, id, route, 503, CloseReason.SHUTDOWN.message());
		}
		if (allowance != null && !allowance.covers(route)) {
			return switch (this.rate.exceeded()) {
				case KICK -> throw new TooManyRequestsException();
				case ANSWER -> refuse(handle, request, id, route, 429, CloseReason.TOO_MANY_REQUESTS.message());
				case DROP -> false;
			};
		}
		if (this.backlog.isStuck(handle)) {
			// A message before it does not end, and the queue must not grow forever.
			return refuse(handle, request, id, route, 503, "busy");
		}
		return true;
	}

	private static boolean refuse(SessionHandle handle, boolean request, long id, String route, int code,
			String message) {
		if (request) {
			handle.connection().send(OutboundMessage.error(handle.session(), id, route, code, message));
		}
		return false;
	}

	/**
	 * Counts an inflated body.
	 * @param rate the rate limit of the client, or null if there is none yet
	 * @return the rate limit of the client
	 */
	InflationRate inflated(OutputLoop loop, @Nullable InflationRate rate, int bytes) {
		this.traffic.bytesInflated(bytes);
		loop.inflation().inflated(bytes, loop);
		long now = nanoTime();
		InflationRate counted = (rate != null) ? rate
				: new InflationRate(this.settings.packets().maxInflateRate(), now);
		counted.inflated(bytes, now);
		return counted;
	}

	/** Passes on an admitted message. */
	void receive(SessionHandle handle, Message message, Map<String, String> headers, long receivedNanos) {
		this.receiver.receive(handle.session(), message, headers, receivedNanos,
				receivedNanos + this.requestTimeoutNanos);
	}

	/** Logs the failure of a connection. Returns the reason to end it. */
	CloseReason failed(@Nullable SessionHandle handle, Wire wire, RuntimeException failure) {
		log.error("A connection failed and is closed: {}",
				new LoggedClient((handle != null) ? handle.session() : null, wire.remoteAddress(), wire.transport()),
				failure);
		return CloseReason.SERVER_ERROR;
	}

}
