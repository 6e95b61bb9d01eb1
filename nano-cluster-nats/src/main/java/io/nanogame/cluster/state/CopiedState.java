package io.nanogame.cluster.state;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The numbers of a copy of a session's state. A change of this node is visible here
 * immediately, and pending until the owner has accepted it. The owner applies it after
 * all changes that arrive here in the meantime, so these do not replace it.
 * <p>
 * Not thread-safe: the holder of the copy has a lock.
 */
public final class CopiedState {

	private long version;

	/** The number of the last change, also if that was lost. */
	private long lastNumber;

	/** The number of the change before the next one. */
	private long changes;

	/**
	 * The number of the last pending change of each property, in the order of changes.
	 */
	private final Map<String, Long> pending = new LinkedHashMap<>(4);

	/** Whether a change of the owner is lost, and a snapshot is awaited. */
	private boolean stale;

	/**
	 * Creates the numbers of a copy from the owner's first snapshot.
	 * @param version the version of the snapshot
	 * @param accepted the number of the last change of this node that it contains, which
	 * may have had a copy before
	 */
	public CopiedState(long version, long accepted) {
		this.version = version;
		this.changes = accepted;
		this.lastNumber = accepted;
	}

	/**
	 * Returns the version of the copy.
	 * @return the number of the last change of the owner that was received
	 */
	public long version() {
		return this.version;
	}

	/**
	 * Returns the number of the last change of this node.
	 * @return 0 if there was none
	 */
	public long changes() {
		return this.changes;
	}

	/**
	 * Numbers a change of this node, which must be sent to the owner.
	 * @param property the changed property
	 * @return the number of the change
	 */
	public ChangeNumber change(String property) {
		ChangeNumber change = new ChangeNumber(this.changes, ++this.lastNumber);
		this.changes = this.lastNumber;
		// Moves it to the end of the order.
		this.pending.remove(property);
		this.pending.put(property, this.lastNumber);
		return change;
	}

	/**
	 * Numbers a change that is perhaps lost, to send it again. It has the number that it
	 * had, because the owner may have received it meanwhile, and then ignores this one.
	 * @param property a property of {@link #receiveSnapshot}
	 * @return the number of the change
	 */
	public ChangeNumber repeat(String property) {
		long number = Objects.requireNonNull(this.pending.get(property));
		ChangeNumber change = new ChangeNumber(this.changes, number);
		this.changes = number;
		return change;
	}

	/**
	 * Withdraws the last change, because it cannot be sent.
	 * @param property the changed property, which only this node knows
	 * @param change the number of the change
	 */
	public void withdraw(String property, ChangeNumber change) {
		this.pending.remove(property);
		this.changes = change.previous();
	}

	/**
	 * Receives a change that the owner has applied.
	 * @param newVersion its version
	 * @param own the number of the change if it is one of this node, otherwise 0
	 * @param property the changed property
	 * @return what must be done
	 */
	public Receipt receive(long newVersion, long own, String property) {
		if (this.stale) {
			return Receipt.IGNORE;
		}
		if (newVersion != this.version + 1) {
			this.stale = true;
			return Receipt.PROBE;
		}
		this.version = newVersion;
		Long number = this.pending.get(property);
		if (number == null) {
			return Receipt.APPLY;
		}
		if (number != own) {
			return Receipt.IGNORE;
		}
		this.pending.remove(property);
		return Receipt.CONFIRM;
	}

	/**
	 * Returns whether a probe of the owner has the numbers of this copy.
	 * @param ownedVersion the version of the owner
	 * @param accepted the number of the last change of this node that it has applied
	 * @return false if the owner must be sent a probe, to which it replies with a
	 * snapshot
	 */
	public boolean isCurrent(long ownedVersion, long accepted) {
		return ownedVersion == this.version && accepted == this.changes;
	}

	/**
	 * Receives a snapshot of the owner.
	 * @param newVersion its version
	 * @param accepted the number of the last change of this node that it contains
	 * @return the properties whose changes are perhaps lost, in the order of the changes:
	 * each must be {@linkplain #repeat(String) repeated} with its value here. All others
	 * have the value of the snapshot.
	 */
	public List<String> receiveSnapshot(long newVersion, long accepted) {
		this.version = newVersion;
		this.stale = false;
		this.pending.values().removeIf((number) -> number <= accepted);
		this.changes = accepted;
		return List.copyOf(this.pending.keySet());
	}

	/** What a copy does with a change of the owner. */
	public enum Receipt {

		/** The property gets the value. */
		APPLY,

		/**
		 * The last change of this node to the property was accepted. The value is its
		 * own, unless the owner has not been able to apply it.
		 */
		CONFIRM,

		/** The property keeps its value. */
		IGNORE,

		/** An earlier change is lost: the owner must be sent a probe. */
		PROBE

	}

}
