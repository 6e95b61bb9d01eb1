package io.nanogame.transport;

import java.util.Map;

import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageDecoder;
import io.nanogame.protocol.MessageHead;
import io.nanogame.protocol.MessageType;
import io.nanogame.session.CloseReason;
import io.nanogame.session.MessageReceiver;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.netty.buffer.ByteBuf;

/**
 * Brings messages from wires to sessions: decoded, counted, and no more of them than a
 * client may send. The head of a message is read first, and its body only when it is
 * handled. Loop.
 */
final class Input {

	private final MessageDecoder decoder;

	/** Also what a loop inflates in one turn. */
	private final int maxInflatedLength;

	private final RequestRate rate;

	private final Connections connections;

	private final MessageReceiver receiver;

	private final Traffic traffic;

	private final MessageLog messageLog;

	private final Backlog backlog;

	Input(MessageDecoder decoder, RequestRate rate, Backlog backlog, Connections connections, MessageReceiver receiver,
			Traffic traffic, MessageLog messageLog) {
		this.decoder = decoder;
		this.maxInflatedLength = decoder.maxInflatedLength();
		this.rate = rate;
		this.connections = connections;
		this.receiver = receiver;
		this.traffic = traffic;
		this.messageLog = messageLog;
		this.backlog = backlog;
	}

	/**
	 * Takes a message.
	 * @param receivedNanos when it was received
	 * @param deadlineNanos when the time for its answer is over
	 * @throws io.nanogame.protocol.ProtocolException if it is none
	 */
	void receive(ClientConnection connection, Session session, ByteBuf in, int length, long receivedNanos,
			long deadlineNanos) {
		MessageHead head = this.decoder.head(in, length);
		this.traffic.messageReceived(head.type());
		this.messageLog.received(session, head);
		Allowance allowance = connection.allowance();
		if (this.connections.isDraining()) {
			this.connections.cameTooLate();
			refuse(session, head, 503, CloseReason.SHUTDOWN.words());
		}
		else if (allowance != null && !allowance.covers(head.route())) {
			tooMany(connection, session, head);
		}
		else if (this.backlog.isStuck(session)) {
			// What is ahead of it does not end, and the line must not grow for ever.
			refuse(session, head, 503, "busy");
		}
		else {
			this.receiver.receive(session, read(connection, head, in), Map.of(), receivedNanos, deadlineNanos);
		}
	}

	private Message read(ClientConnection connection, MessageHead head, ByteBuf in) {
		if (!head.compressed()) {
			return this.decoder.message(head, in);
		}
		// Also what is too large in the end has been inflated up to the limit.
		int inflated = this.maxInflatedLength;
		try {
			Message message = this.decoder.message(head, in);
			inflated = message.body().length;
			return message;
		}
		finally {
			this.traffic.bytesInflated(inflated);
			connection.inflated(inflated);
		}
	}

	/**
	 * Whether a message is inflated when it is read.
	 * @param in stands at the message
	 */
	boolean inflates(ByteBuf in, int length) {
		return this.maxInflatedLength > 0 && MessageDecoder.isCompressed(in, length);
	}

	private void tooMany(ClientConnection connection, Session session, MessageHead message) {
		switch (this.rate.exceeded()) {
			case KICK -> connection.end(CloseReason.TOO_MANY_REQUESTS);
			case ANSWER -> refuse(session, message, 429, CloseReason.TOO_MANY_REQUESTS.words());
			case DROP -> {
			}
		}
	}

	/** Answers a message that is not handled, ahead of those that are. */
	private static void refuse(Session session, MessageHead message, int code, String words) {
		if (message.type() == MessageType.REQUEST && message.id() != 0) {
			session.connection().send(OutboundMessage.error(session, message.id(), message.route(), code, words));
		}
	}

}
