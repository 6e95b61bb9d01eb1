package io.nanogame.transport;

import io.nanogame.pipeline.OutboundInterceptors;
import io.nanogame.protocol.ClientInfo;
import io.nanogame.protocol.MessageType;
import io.nanogame.protocol.ProtocolException;
import io.nanogame.session.CloseReason;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings messages from sessions to wires: through the outbound interceptors, onto the
 * loop, in order, and no more of them than a client can be expected to read.
 */
final class Output {

	private static final Logger log = LoggerFactory.getLogger(Output.class);

	/** What a message weighs beside its body while it waits to be encoded. */
	private static final int MESSAGE_OVERHEAD = 64;

	private final OutboundInterceptors interceptors;

	private final Traffic traffic;

	private final MessageLog messageLog;

	private final int highWaterMark;

	Output(OutboundInterceptors interceptors, Traffic traffic, MessageLog messageLog, int highWaterMark) {
		this.interceptors = interceptors;
		this.traffic = traffic;
		this.messageLog = messageLog;
		this.highWaterMark = highWaterMark;
	}

	/** Any thread. Serialises on it. */
	void send(ClientConnection connection, Session session, OutboundMessage message) {
		OutboundMessage leaving = this.interceptors.apply(session, message);
		if (leaving == null) {
			return;
		}
		int size = leaving.body().length + MESSAGE_OVERHEAD;
		OutputLoop loop = connection.wire().loop();
		if (loop.isDirect()) {
			connection.deliver(leaving);
			return;
		}
		if (connection.queued(size) > this.highWaterMark && isPush(leaving)) {
			session.close(CloseReason.SLOW_CONSUMER);
		}
		loop.enqueue(() -> {
			connection.queued(-size);
			connection.deliver(leaving);
		});
	}

	/** Loop. */
	void deliver(ClientConnection connection, Session session, Broadcast broadcast) {
		if (this.interceptors.isEmpty()) {
			connection.wire().append(broadcast.packet(session.handshake().client().readsRouteCodes()));
			sent(connection, session, broadcast.message());
			return;
		}
		OutboundMessage leaving = this.interceptors.apply(session, broadcast.message());
		if (leaving != null) {
			deliver(connection, session, leaving);
		}
	}

	/** Loop. */
	void deliver(ClientConnection connection, Session session, OutboundMessage message) {
		ClientInfo client = session.handshake().client();
		try {
			connection.wire().append(message, client.readsRouteCodes(), client.pitaya());
		}
		catch (ProtocolException ex) {
			log.error("A message to {} was not sent: {}", message.route(), ex.getMessage());
			return;
		}
		sent(connection, session, message);
	}

	private void sent(ClientConnection connection, Session session, OutboundMessage message) {
		this.traffic.messageSent(message.type());
		this.messageLog.sent(session, message);
		if (isPush(message) && connection.wire().pendingBytes() > this.highWaterMark) {
			connection.end(CloseReason.SLOW_CONSUMER);
		}
		connection.flush();
	}

	/** Only pushes can pile up without bound; responses are held back by the backlog. */
	private static boolean isPush(OutboundMessage message) {
		return message.type() == MessageType.PUSH;
	}

}
