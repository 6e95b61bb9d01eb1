package io.nanogame.cluster.move;

/**
 * The numbers of the pushes of one node that another one has received, which are in about
 * their order.
 *
 * @param newest the highest number
 * @param recent bit {@code i} is set if {@code newest - i} was received; earlier ones are
 * considered received
 */
public record ReceivedPushes(long newest, long recent) {

	static final ReceivedPushes NONE = new ReceivedPushes(0, 0);

	/** Returns all pushes up to a number. */
	static ReceivedPushes upTo(long number) {
		return new ReceivedPushes(number, -1);
	}

	ReceivedPushes with(long number) {
		long distance = number - this.newest;
		if (distance > 0) {
			return new ReceivedPushes(number, ((distance < Long.SIZE) ? this.recent << distance : 0) | 1);
		}
		return (-distance < Long.SIZE) ? new ReceivedPushes(this.newest, this.recent | (1L << -distance)) : this;
	}

	boolean contains(long number) {
		long age = this.newest - number;
		return age >= 0 && (age >= Long.SIZE || (this.recent & (1L << age)) != 0);
	}

}
