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
import org.springframework.web.socket.WebSocketSession;

/**
 * Sends packets over a servlet container's WebSocket, each as a binary message, and waits
 * until the client has taken them. For one lane.
 */
final class PacketSender {

	private static final Logger log = LoggerFactory.getLogger(PacketSender.class);

	private final WebSocketSession session;

	private final Traffic traffic;

	private final long limitNanos;

	private final Queue<byte[]> waiting = new ArrayDeque<>();

	private long waitingBytes;

	private boolean finished;

	/**
	 * A sender for one WebSocket.
	 * @param session where to send
	 * @param traffic counts
	 * @param limit how long a client may take for what it is sent in one go
	 */
	PacketSender(WebSocketSession session, Traffic traffic, Duration limit) {
		this.session = session;
		this.traffic = traffic;
		this.limitNanos = limit.toNanos();
	}

	/**
	 * Adds a packet. Without effect once this has finished.
	 * @param packet kept until it is sent, so it must not be changed any more
	 */
	void append(byte[] packet) {
		if (!this.finished) {
			this.waiting.add(packet);
			this.waitingBytes += packet.length;
		}
	}

	long waitingBytes() {
		return this.waitingBytes;
	}

	/**
	 * Sends what was appended. Blocks; who takes too long is closed.
	 * @return false if the client took too long
	 */
	boolean flush() {
		long begin = System.nanoTime();
		try {
			byte[] packet;
			while ((packet = this.waiting.poll()) != null) {
				this.waitingBytes -= packet.length;
				if (isLate(begin)) {
					abort();
					return false;
				}
				this.session.sendMessage(new BinaryMessage(packet));
				this.traffic.bytesSent(packet.length);
			}
			return true;
		}
		catch (IOException | RuntimeException ex) {
			log.debug("A connection broke: {}", ClientText.printable(ex.getMessage()));
			abort();
			return !isLate(begin);
		}
	}

	/** The container gives up at the same limit, each in words of its own. */
	private boolean isLate(long beginNanos) {
		return System.nanoTime() - beginNanos >= this.limitNanos;
	}

	/**
	 * Sends what was appended, and closes. Blocks.
	 * @param status for the close frame
	 */
	void finish(CloseStatus status) {
		flush();
		close(status);
	}

	/** Closes, and drops what was not sent. */
	void abort() {
		close(CloseStatus.SESSION_NOT_RELIABLE);
	}

	private void close(CloseStatus status) {
		drop();
		try {
			this.session.close(status);
		}
		catch (IOException | RuntimeException ex) {
			log.debug("A connection could not be closed in peace: {}", ex.getMessage());
		}
	}

	/** There is nobody to send to any more. */
	void drop() {
		this.finished = true;
		this.waiting.clear();
		this.waitingBytes = 0;
	}

}
