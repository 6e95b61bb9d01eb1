package io.nanogame.lengthid;

import io.nanogame.connection.ClientConnection;
import io.nanogame.serialize.ErrorBody;
import io.nanogame.session.CloseReason;
import io.nanogame.session.OutboundMessage;
import org.jspecify.annotations.Nullable;

/**
 * The errors for one client, in the serializer of its session. An error that is too long
 * for a packet has no text. Confined to the loop.
 */
final class ErrorPackets {

	private static final int FORBIDDEN = 403;

	private static final int INTERNAL_ERROR = 500;

	private static final int UNAVAILABLE = 503;

	private final LengthIdProtocol protocol;

	private final ClientConnection connection;

	ErrorPackets(LengthIdProtocol protocol, ClientConnection connection) {
		this.protocol = protocol;
		this.connection = connection;
	}

	/** Returns the body of the error that takes the place of a reply. */
	byte[] body(OutboundMessage error) {
		byte[] body = error.body();
		return this.protocol.isTooLong(body) ? withoutText(error.value()) : body;
	}

	/** Returns the body of the error in place of a reply that cannot be sent. */
	byte[] internalError() {
		return body(INTERNAL_ERROR, "internal error");
	}

	private byte[] body(int code, String text) {
		ErrorBody error = ErrorBody.of(code, text, false);
		byte[] body = this.connection.payloads().write(error);
		return this.protocol.isTooLong(body) ? withoutText(error) : body;
	}

	/** Of an error from another node, only the bytes are known. */
	private byte[] withoutText(Object error) {
		Object code = (error instanceof ErrorBody known) ? known.code() : INTERNAL_ERROR;
		return this.connection.payloads().write(new ErrorBody(code, ""));
	}

	/** Returns the packet of an error outside of a request; null if errors have no id. */
	byte @Nullable [] packet(int code, String text) {
		Long id = this.protocol.ids.errorId();
		return (id != null) ? this.protocol.packet(id, body(code, text)) : null;
	}

	/**
	 * Returns an error with the reason of a disconnection. Its code is 503 if the client
	 * should connect again, otherwise 403. A client that was rejected has received the
	 * reason.
	 */
	byte @Nullable [] farewell(CloseReason reason) {
		boolean silent = reason.code().equals(CloseReason.HANDSHAKE_REFUSED.code())
				|| reason.code().equals(CloseReason.CLIENT_CLOSED.code());
		return silent ? null : packet(reason.reconnect() ? UNAVAILABLE : FORBIDDEN, reason.message());
	}

}
