package io.nanogame.cluster.peer;

import org.jspecify.annotations.Nullable;

/**
 * A frame in the {@link PublishQueue}.
 */
sealed interface QueuedFrame {

	/**
	 * A frame for one node, which may share a message with others.
	 *
	 * @param to the outbox of the node
	 * @param bytes the frame
	 */
	record ForNode(Outbox to, byte[] bytes) implements QueuedFrame {
	}

	/**
	 * A message without frames, so that the receiver notices that an earlier one is lost.
	 *
	 * @param to the outbox of the node
	 */
	record Check(Outbox to) implements QueuedFrame {
	}

	/**
	 * A message with one frame for all subscribers of a subject.
	 *
	 * @param subject the subject
	 * @param silence the subject on which the bus reports that there is none, or null
	 * @param bytes the message
	 */
	record ForSubject(String subject, @Nullable String silence, byte[] bytes) implements QueuedFrame {
	}

}
