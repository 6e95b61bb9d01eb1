package io.nanogame.test;

import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.Duration;

/**
 * A client of the protocol {@code json}, on a line or a WebSocket. Written against the
 * protocol page, not with this project's codecs. Blocks; one thread may write while
 * another reads.
 */
public final class RawJsonClient implements AutoCloseable {

	private static final int TEXT = 0x81;

	private final RawClient wire;

	private RawJsonClient(RawClient wire) {
		this.wire = wire;
	}

	/**
	 * Creates a client whose messages are lines.
	 * @param connected a connected socket, owned by the client from now on
	 * @return the client
	 */
	public static RawJsonClient tcp(Socket connected) {
		return new RawJsonClient(RawClient.tcp(connected));
	}

	/**
	 * Creates a client whose messages are those of a WebSocket.
	 * @param connected a connected socket, owned by the client from now on
	 * @param uri path and query
	 * @return the client
	 */
	public static RawJsonClient webSocket(Socket connected, String uri) {
		return new RawJsonClient(RawClient.webSocket(connected, uri));
	}

	/**
	 * Sends a message.
	 * @param json the message, correct or not
	 * @return this
	 */
	public RawJsonClient send(String json) {
		byte[] text = json.getBytes(StandardCharsets.UTF_8);
		if (this.wire instanceof RawWebSocketClient webSocket) {
			webSocket.sendFrame(TEXT, text);
		}
		else {
			this.wire.sendBytes((json + "\n").getBytes(StandardCharsets.UTF_8));
		}
		return this;
	}

	/**
	 * Reads a message, which must be one line, or one text message of a WebSocket.
	 * @return the message
	 * @throws RawClient.ClosedException if the server has closed the connection
	 */
	public String read() {
		String message = (this.wire instanceof RawWebSocketClient webSocket) ? webSocket.readTextMessage()
				: this.wire.readLine();
		if (message.indexOf('\n') >= 0) {
			throw new AssertionError("A message must not contain a line break: " + message);
		}
		return message;
	}

	/**
	 * The client below the protocol.
	 * @return sends and reads bytes
	 */
	public RawClient wire() {
		return this.wire;
	}

	/**
	 * Returns how many pings of a WebSocket were received. They are not answered.
	 * @return the number; 0 on a line
	 */
	public int pings() {
		return (this.wire instanceof RawWebSocketClient webSocket) ? webSocket.pings() : 0;
	}

	public void patience(Duration patience) {
		this.wire.patience(patience);
	}

	@Override
	public void close() {
		this.wire.close();
	}

}
