package io.nanogame.cluster.state;

import java.util.HashMap;
import java.util.Map;

/**
 * The numbers of a session's state on the node that owns it. All changes have one order,
 * that of their versions. Changes of copies have numbers of their own: if one is lost,
 * later ones are rejected until the node with the copy has repeated the lost one.
 * <p>
 * Not thread-safe: the owner of the session has a lock.
 */
public final class OwnedState {

	private long version;

	private final Map<String, Copy> copies = new HashMap<>(4);

	/**
	 * Returns the version.
	 * @return the number of the last change; 0 if there was none
	 */
	public long version() {
		return this.version;
	}

	/**
	 * Continues the numbers of another node.
	 * @param last the number of its last change
	 * @param accepted the last accepted change of each node with a copy
	 */
	public void restore(long last, Map<String, Long> accepted) {
		this.version = last;
		accepted.forEach((node, number) -> this.copies.computeIfAbsent(node, (id) -> new Copy()).accepted = number);
	}

	/**
	 * Numbers a change that is applied now.
	 * @return the new version
	 */
	public long next() {
		return ++this.version;
	}

	/**
	 * Returns whether a change of a copy is the next one of its node.
	 * @param node the node with the copy
	 * @param change the number of the change
	 * @return false if {@link #receive} does not let it be applied
	 */
	public boolean isNext(String node, ChangeNumber change) {
		return change.previous() == accepted(node);
	}

	/**
	 * Receives a change of a copy.
	 * @param node the node with the copy
	 * @param change the number of the change
	 * @return what must be done
	 */
	public Receipt receive(String node, ChangeNumber change) {
		Copy copy = this.copies.computeIfAbsent(node, (id) -> new Copy());
		if (change.previous() == copy.accepted) {
			copy.accepted = change.number();
			copy.awaited = false;
			return Receipt.APPLY;
		}
		if (copy.awaited || change.number() <= copy.accepted) {
			return Receipt.IGNORE;
		}
		copy.awaited = true;
		return Receipt.SNAPSHOT;
	}

	/**
	 * Returns the last accepted change of a copy, for a snapshot.
	 * @param node the node with the copy
	 * @return the number of the change; 0 if there was none
	 */
	public long accepted(String node) {
		Copy copy = this.copies.get(node);
		return (copy != null) ? copy.accepted : 0;
	}

	/**
	 * Returns whether a copy is up to date.
	 * @param node the node with the copy
	 * @param copiedVersion the version of the copy
	 * @param changes the number of its last change
	 * @return false if a snapshot must be sent to it
	 */
	public boolean isCurrent(String node, long copiedVersion, long changes) {
		return copiedVersion == this.version && changes == accepted(node);
	}

	/**
	 * Forgets a node without a copy.
	 * @param node the node
	 */
	public void forget(String node) {
		this.copies.remove(node);
	}

	/** What the owner does with a change of a copy. */
	public enum Receipt {

		/** The change is applied, with the {@link OwnedState#next() next} version. */
		APPLY,

		/** An earlier change is lost: the node must be sent a snapshot. */
		SNAPSHOT,

		/**
		 * It was applied before, or an earlier change is lost and a snapshot was sent.
		 */
		IGNORE

	}

	private static final class Copy {

		/** The number of the last change that was applied. */
		private long accepted;

		/** Whether a snapshot was sent, and the node must repeat its changes. */
		private boolean awaited;

	}

}
