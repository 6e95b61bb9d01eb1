package io.nanogame.cluster.backend;

/**
 * The messages of a session that this node has received. So the gateway learns that a
 * message is lost, which is certain: a message that arrives after the query for it is not
 * handled any more. Confined to the thread that reads from the network.
 */
final class ReceivedMessages {

	private final RecentNumbers numbers = new RecentNumbers();

	/** Messages up to this number are not handled any more. */
	private long fence;

	/** Receives a message. Returns false if it must not be handled. */
	boolean receive(long sequence) {
		if (sequence <= this.fence) {
			return false;
		}
		this.numbers.add(sequence);
		return true;
	}

	/**
	 * Returns whether this copy of the session has not received a message for certain,
	 * and rejects it if it arrives later.
	 */
	boolean isMissing(long sequence) {
		boolean isMissing = this.numbers.isRecent(sequence) && !this.numbers.contains(sequence);
		if (isMissing) {
			this.fence = Math.max(this.fence, sequence);
		}
		return isMissing;
	}

	/**
	 * Returns whether a message was lost for certain. An earlier copy of the session may
	 * have received what is before the first message.
	 */
	boolean isLost(long sequence) {
		return this.numbers.lacks(sequence);
	}

}
