package io.nanogame.connection;

import java.util.Map;

import io.nanogame.observe.MessageObserver;
import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageType;
import io.nanogame.session.CloseReason;
import io.nanogame.session.MessageReceiver;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * How messages come into a server: counted, and no more of them than a client may send. A
 * message is admitted by its head, before a look at its body. Any thread.
 */
final class Intake {

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
	 * The intake of a server.
	 * @param receiver takes the messages
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
	 * Whether a message goes on to the server. One that does not is answered at once,
	 * ahead of those that do.
	 * @param loop of the connection, whose thread this is
	 * @param allowance of the client, or null when it may send as much as it likes
	 * @param id 0 when no answer is expected
	 * @param length of the body as it came, in bytes
	 * @throws TooManyRequestsException when the client has to go
	 */
	boolean admits(OutputLoop loop, Session session, @Nullable Allowance allowance, MessageType type, long id,
			String route, int length) {
		this.traffic.messageReceived(loop, type);
		if (this.messages != null) {
			this.messages.received(session, type, id, route, length);
		}
		boolean request = type == MessageType.REQUEST && id != 0;
		if (isDraining()) {
			this.draining.cameTooLate();
			return refuse(session, request, id, route, 503, CloseReason.SHUTDOWN.words());
		}
		if (allowance != null && !allowance.covers(route)) {
			return switch (this.rate.exceeded()) {
				case KICK -> throw new TooManyRequestsException();
				case ANSWER -> refuse(session, request, id, route, 429, CloseReason.TOO_MANY_REQUESTS.words());
				case DROP -> false;
			};
		}
		if (this.backlog.isStuck(session)) {
			// What is ahead of it does not end, and the line must not grow for ever.
			return refuse(session, request, id, route, 503, "busy");
		}
		return true;
	}

	private static boolean refuse(Session session, boolean request, long id, String route, int code, String message) {
		if (request) {
			session.connection().send(OutboundMessage.error(session, id, route, code, message));
		}
		return false;
	}

	/**
	 * Counts a body that was inflated.
	 * @param rate of the client, null for its first one
	 * @return the rate of the client
	 */
	InflationRate inflated(OutputLoop loop, @Nullable InflationRate rate, int bytes) {
		this.traffic.bytesInflated(bytes);
		loop.inflation().inflated(bytes);
		long now = nanoTime();
		InflationRate counted = (rate != null) ? rate
				: new InflationRate(this.settings.packets().maxInflateRate(), now);
		counted.inflated(bytes, now);
		return counted;
	}

	/** Hands on a message that was admitted. */
	void receive(Session session, Message message, long receivedNanos) {
		this.receiver.receive(session, message, Map.of(), receivedNanos, receivedNanos + this.requestTimeoutNanos);
	}

}
