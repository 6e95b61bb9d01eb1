package io.nanogame.spring.web.servlet;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Queue;

import io.nanogame.connection.Traffic;
import io.nanogame.protocol.ClientText;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.web.socket.BinaryMessage;
import org.springframework.web.socket.CloseStatus;
import org.springframework.web.socket.PingMessage;
import org.springframework.web.socket.TextMessage;
import org.springframework.web.socket.WebSocketSession;

/**
 * Sends packets over a servlet container's WebSocket, each as a message, and blocks until
 * they are sent. Confined to one lane.
 */
final class PacketSender {

	private static final Logger log = LoggerFactory.getLogger(PacketSender.class);

	/** Stands between packets: text follows bytes, or bytes follow text. */
	private static final byte[] OTHER_TYPE = {};

	private final WebSocketSession session;

	private final Traffic traffic;

	private final Object client;

	private final long limitNanos;

	private final Queue<byte[]> waiting = new ArrayDeque<>();

	private long waitingBytes;

	private boolean finished;

	/** Whether the next packet to be appended is text. */
	private boolean appendsText;

	/** Whether the next packet to be sent is text. */
	private boolean sendsText;

	/**
	 * Creates a sender for one WebSocket.
	 * @param session the WebSocket
	 * @param traffic counts the bytes sent
	 * @param limit how long a flush may take
	 * @param client its text names the client in log lines
	 */
	PacketSender(WebSocketSession session, Traffic traffic, Duration limit, Object client) {
		this.client = client;
		this.session = session;
		this.traffic = traffic;
		this.limitNanos = limit.toNanos();
	}

	/**
	 * Appends a packet. Without effect after the end of the connection.
	 * @param packet kept until it is sent, so it must not be modified
	 */
	void append(byte[] packet) {
		if (!this.finished) {
			this.waiting.add(packet);
			this.waitingBytes += packet.length;
		}
	}

	/** Declares whether the packets that are appended from now on are text. */
	void sendText(boolean text) {
		if (text != this.appendsText) {
			this.appendsText = text;
			this.waiting.add(OTHER_TYPE);
		}
	}

	/** Asks the client for a pong. Blocks until that is sent. */
	void ping() {
		try {
			this.session.sendMessage(new PingMessage());
		}
		catch (IOException | RuntimeException ex) {
			log.debug("A connection failed: {} reason={}", this.client, ClientText.printable(ex.getMessage()));
			abort();
		}
	}

	long waitingBytes() {
		return this.waitingBytes;
	}

	/**
	 * Sends the appended packets. Blocks. Closes the connection when the client is too
	 * slow.
	 * @return false if the client was too slow
	 */
	boolean flush() {
		long start = System.nanoTime();
		try {
			byte[] packet;
			while ((packet = this.waiting.poll()) != null) {
				if (packet == OTHER_TYPE) {
					this.sendsText = !this.sendsText;
					continue;
				}
				this.waitingBytes -= packet.length;
				if (isLate(start)) {
					abort();
					return false;
				}
				this.session.sendMessage(this.sendsText ? new TextMessage(packet) : new BinaryMessage(packet));
				this.traffic.bytesSent(packet.length);
			}
			return true;
		}
		catch (IOException | RuntimeException ex) {
			log.debug("A connection failed: {} reason={}", this.client, ClientText.printable(ex.getMessage()));
			abort();
			return !isLate(start);
		}
	}

	/**
	 * Returns whether the limit is exceeded. A container has the same limit, but each
	 * throws another exception.
	 */
	private boolean isLate(long startNanos) {
		return System.nanoTime() - startNanos >= this.limitNanos;
	}

	/**
	 * Sends the appended packets, and closes. Blocks.
	 * @param status for the close frame
	 */
	void finish(CloseStatus status) {
		flush();
		close(status);
	}

	/** Closes, and drops the packets that have not been sent. */
	void abort() {
		close(CloseStatus.SESSION_NOT_RELIABLE);
	}

	private void close(CloseStatus status) {
		drop();
		try {
			this.session.close(status);
		}
		catch (IOException | RuntimeException ex) {
			log.debug("Closing a connection failed: {} reason={}", this.client, ClientText.printable(ex.getMessage()));
		}
	}

	/** Drops all packets, because the connection has ended. */
	void drop() {
		this.finished = true;
		this.waiting.clear();
		this.waitingBytes = 0;
	}

}
