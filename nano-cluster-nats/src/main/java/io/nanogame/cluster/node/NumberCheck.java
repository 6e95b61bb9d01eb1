package io.nanogame.cluster.node;

import java.security.SecureRandom;

import io.nanogame.cluster.bus.Subjects;
import io.nanogame.node.Node;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notices that another running node has the number of this one, so that sessions of both
 * have the same ids. Numbers are random. Of the two nodes one has to restart: the younger
 * one by the clocks of both, whatever these show. Both compare the same two times, which
 * do not change, so they agree, also when a clock is wrong; then it may be the older one.
 * Thread-safe.
 */
final class NumberCheck {

	private static final Logger log = LoggerFactory.getLogger(NumberCheck.class);

	private final String number;

	private final Start own;

	private volatile @Nullable Node other;

	/**
	 * Creates the check of a node.
	 * @param self the id of this node
	 * @param millis when it has started, in milliseconds since 1970
	 */
	NumberCheck(String self, long millis) {
		this(self, new Start(millis, new SecureRandom().nextLong()));
	}

	NumberCheck(String self, Start own) {
		this.number = Subjects.number(self);
		this.own = own;
	}

	/** Returns the start of this node, for its announcements. */
	Start start() {
		return this.own;
	}

	/** Returns the node because of whose number this one has to restart, or null. */
	@Nullable Node other() {
		return this.other;
	}

	/**
	 * Compares an announcement with this node.
	 * @param node a node, may be this one
	 * @param start its start
	 * @return whether the announcement is that of another node with the number of this
	 * one
	 */
	boolean collides(Node node, Start start) {
		if (start.equals(this.own) || start.equals(Start.UNKNOWN) || !Subjects.number(node.id()).equals(this.number)) {
			return false;
		}
		if (this.own.isYoungerThan(start) && this.other == null) {
			this.other = node;
			log.error("{} has the same number as this node, so their sessions have the same ids. Restart this node: it"
					+ " chooses another number", node);
		}
		return true;
	}

	/**
	 * The start of a node, different for each.
	 *
	 * @param millis milliseconds since 1970
	 * @param random a random number
	 */
	record Start(long millis, long random) {

		static final Start UNKNOWN = new Start(0, 0);

		private boolean isYoungerThan(Start other) {
			return (this.millis != other.millis) ? this.millis > other.millis : this.random > other.random;
		}

	}

}
