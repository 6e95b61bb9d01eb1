package io.nanogame.transport;

import java.util.Map;

import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageType;
import io.nanogame.session.CloseReason;
import io.nanogame.session.MessageReceiver;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Brings messages from connections to the server: counted, and no more of them than a
 * client may send. A message is admitted by its head, before a look at its body. Loop.
 */
final class Intake {

	private final RequestRate rate;

	private final Connections connections;

	private final MessageReceiver receiver;

	private final Traffic traffic;

	private final MessageLog messageLog;

	private final Backlog backlog;

	private final long requestTimeoutNanos;

	Intake(DispatchSettings settings, RequestRate rate, Backlog backlog, Connections connections,
			MessageReceiver receiver, Traffic traffic, MessageLog messageLog) {
		this.requestTimeoutNanos = settings.requestTimeout().toNanos();
		this.rate = rate;
		this.backlog = backlog;
		this.connections = connections;
		this.receiver = receiver;
		this.traffic = traffic;
		this.messageLog = messageLog;
	}

	/**
	 * Whether a message goes on to the server. One that does not is answered at once,
	 * ahead of those that do.
	 * @param allowance of the client, or null when it may send as much as it likes
	 * @param id 0 when no answer is expected
	 * @param length of the body as it came, in bytes
	 * @throws TooManyRequestsException when the client has to go
	 */
	boolean admits(Session session, @Nullable Allowance allowance, MessageType type, long id, String route,
			int length) {
		this.traffic.messageReceived(type);
		this.messageLog.received(session, type, id, route, length);
		boolean request = type == MessageType.REQUEST && id != 0;
		if (this.connections.isDraining()) {
			this.connections.cameTooLate();
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

	/** Hands on a message that was admitted. */
	void receive(Session session, Message message, long receivedNanos) {
		this.receiver.receive(session, message, Map.of(), receivedNanos, receivedNanos + this.requestTimeoutNanos);
	}

}
