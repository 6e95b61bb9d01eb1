package io.nanogame.client;

import io.nanogame.protocol.MessageType;
import org.jspecify.annotations.Nullable;

/** Where the messages of a session go. Thread-safe. */
interface Output {

	/** Returns why no further message can be sent now; null if one can. */
	@Nullable ClientOverloadedException overload();

	/**
	 * Sends a message.
	 * @param type request or notify
	 * @param id the number of the request; 0 for a notify
	 * @throws NotConnectedException if the session was lost meanwhile
	 * @throws io.nanogame.protocol.ProtocolException when the message cannot be encoded
	 */
	void send(MessageType type, long id, String route, byte[] body);

}
