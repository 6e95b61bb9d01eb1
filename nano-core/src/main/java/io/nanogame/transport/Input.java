package io.nanogame.transport;

import java.util.Map;

import io.nanogame.limit.Limit;
import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageDecoder;
import io.nanogame.protocol.MessageType;
import io.nanogame.serialize.ErrorBody;
import io.nanogame.session.CloseReason;
import io.nanogame.session.MessageReceiver;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.netty.buffer.ByteBuf;

/**
 * Brings messages from wires to sessions: decoded, counted, and no more of them than a
 * client may send. Loop.
 */
final class Input {

	private final MessageDecoder decoder;

	private final RequestRate rate;

	private final Connections connections;

	private final MessageReceiver receiver;

	private final Traffic traffic;

	private final MessageLog messageLog;

	private final Limit backlog;

	Input(MessageDecoder decoder, RequestRate rate, Connections connections, MessageReceiver receiver, Traffic traffic,
			MessageLog messageLog, Limit backlog) {
		this.decoder = decoder;
		this.rate = rate;
		this.connections = connections;
		this.receiver = receiver;
		this.traffic = traffic;
		this.messageLog = messageLog;
		this.backlog = backlog;
	}

	/**
	 * Takes a message.
	 * @param deadlineNanos when the time for its answer is over
	 * @throws io.nanogame.protocol.ProtocolException if it is none
	 */
	void receive(ClientConnection connection, Session session, ByteBuf in, int length, long deadlineNanos) {
		Message message = this.decoder.decode(in, length);
		this.traffic.messageReceived(message.type());
		this.messageLog.received(session, message);
		Allowance allowance = connection.allowance();
		if (this.connections.isDraining()) {
			this.connections.cameTooLate();
			refuse(session, message, 503, CloseReason.SHUTDOWN.words());
		}
		else if (allowance != null && !allowance.covers(message)) {
			tooMany(connection, session, message);
		}
		else if (session.work().givenUp() >= this.backlog.most()) {
			// What is ahead of it does not end, and the line must not grow for ever.
			refuse(session, message, 503, "busy");
		}
		else {
			this.receiver.receive(session, message, Map.of(), deadlineNanos);
		}
	}

	private void tooMany(ClientConnection connection, Session session, Message message) {
		switch (this.rate.exceeded()) {
			case KICK -> connection.end(CloseReason.TOO_MANY_REQUESTS);
			case ANSWER -> refuse(session, message, 429, CloseReason.TOO_MANY_REQUESTS.words());
			case DROP -> {
			}
		}
	}

	/** Answers a message that is not handled, ahead of those that are. */
	private static void refuse(Session session, Message message, int code, String words) {
		if (message.type() == MessageType.REQUEST && message.id() != 0) {
			ErrorBody error = ErrorBody.of(code, words, session.handshake().client().pitaya());
			session.connection()
				.send(OutboundMessage.response(message.id(), message.route(), error, true, session.payloads()));
		}
	}

}
