package io.nanogame.cluster.bus;

import java.time.Duration;

import org.jspecify.annotations.Nullable;

/**
 * This node's connection to the other nodes: publishes bytes on subjects, at most once
 * for each subscriber. Reconnects by itself: messages that are published meanwhile are
 * pending up to a limit, and others are lost. Before the first connection nothing is
 * pending. Thread-safe.
 */
public interface Bus extends AutoCloseable {

	/**
	 * Creates a reader. A node has few of them, for messages that must not delay each
	 * other.
	 * @return a reader without subscriptions
	 */
	BusReader newReader();

	/**
	 * Publishes a message. Does not block.
	 * @param subject the subject, without wildcards
	 * @param body the bytes, which must not be modified afterwards
	 * @return false when it was dropped, because the bus is not connected and too many
	 * bytes are pending
	 */
	default boolean publish(String subject, byte[] body) {
		return publish(subject, null, body);
	}

	/**
	 * Publishes a message with a subject for replies, on which the bus itself reports
	 * when there is no recipient.
	 * @param subject the subject, without wildcards
	 * @param replyTo the subject for replies, or null
	 * @param body the bytes, which must not be modified afterwards
	 * @return as for {@link #publish(String, byte[])}
	 */
	boolean publish(String subject, @Nullable String replyTo, byte[] body);

	/**
	 * Creates access to leases, which all nodes share that use the same name. Does not
	 * block.
	 * @param name up to 100 letters, digits, hyphens and underscores
	 * @param length the length of a lease; ignored if another node has created them
	 * @return leases that are opened by their first use
	 */
	Leases newLeases(String name, Duration length);

	/**
	 * Returns the maximum length of a message.
	 * @return a number of bytes; longer messages must not be published
	 */
	long maxPayload();

	/**
	 * Returns whether messages leave and arrive, as far as it is known.
	 * @return false while the connection is lost
	 */
	boolean isConnected();

	/**
	 * Returns whether other nodes that this one was connected to have had time to
	 * reconnect, too.
	 * @param time the time that they need
	 * @return false while the connection is lost, and for that time afterwards
	 */
	boolean isStable(Duration time);

	/**
	 * Adds a listener of connections.
	 * @param listener called each time the bus is connected with all its subscriptions;
	 * must not block
	 */
	void onReconnect(Runnable listener);

	/**
	 * Adds a listener of moves to another server: the bus disconnects and reconnects
	 * then, because its server is about to stop.
	 * @param listener called while messages still leave and arrive, a moment before they
	 * do not; must not block
	 */
	void onMove(Runnable listener);

	/**
	 * Returns how much is published and has not left, because the network is slow or the
	 * connection is lost. Does not block.
	 * @return a number of bytes, as it was within the last second
	 */
	long pendingBytes();

	/** Counts a message, or a part of it, that is malformed. */
	void countDropped();

	/**
	 * Returns the number of messages that could not be published, were received faster
	 * than handled, or were malformed.
	 * @return messages since the start
	 */
	long dropped();

	/**
	 * Returns how often the connection was lost and restored. Counted before
	 * {@link #isConnected()} returns true again.
	 * @return reconnects since the start
	 */
	long reconnects();

	/** Disconnects after the published messages have left. Blocks until then. */
	@Override
	void close();

}
