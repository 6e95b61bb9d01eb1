package io.nanogame.cluster.group;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.nanogame.cluster.frame.MemberFrame.MemberList;
import io.nanogame.cluster.frame.MemberSnapshot;
import org.jspecify.annotations.Nullable;

/**
 * What this node knows of the members of one group on each gateway: the number of the
 * last change that it has received. After a lost change it awaits a list of all. The
 * methods decide what has to be done; the caller does it. Thread-safe.
 */
final class RemoteMembers {

	/** The bits of a number that count changes. Those above differ for each group. */
	static final int COUNT_BITS = 32;

	/** No change has this number, so that the gateway replies with a list. */
	private static final long UNCERTAIN = 1;

	/** By gateway. Guarded by this. */
	private final Map<String, Copy> copies = new HashMap<>(4);

	/** Receives the number of a change. */
	synchronized Receipt report(String gateway, long number) {
		Copy copy = copy(gateway);
		if (number <= copy.number) {
			return Receipt.IGNORE;
		}
		if (isFirst(number)) {
			copy.set(number);
			return Receipt.APPLY_FIRST;
		}
		if (copy.awaited) {
			return Receipt.IGNORE;
		}
		if (number == copy.number + 1) {
			copy.number = number;
			return Receipt.APPLY;
		}
		copy.awaited = true;
		return Receipt.QUERY;
	}

	/** Before the first change of a group, the gateway has no members of it. */
	private static boolean isFirst(long number) {
		return (number & ((1L << COUNT_BITS) - 1)) == 1;
	}

	private Copy copy(String gateway) {
		return this.copies.computeIfAbsent(gateway, (id) -> new Copy());
	}

	/**
	 * Receives a part of a list. Returns all members with the last part, or null. If a
	 * part is lost, the message loss leads to another query.
	 */
	synchronized @Nullable List<MemberSnapshot> list(String gateway, MemberList part) {
		Copy copy = copy(gateway);
		if (part.first() == 0) {
			copy.listing = new Listing(part.number());
		}
		Listing listing = copy.listing;
		boolean isOutdated = part.number() != 0 && part.number() < copy.number;
		if (listing == null || isOutdated || !listing.add(part)) {
			copy.listing = null;
			return null;
		}
		if (part.last() != Long.MAX_VALUE) {
			return null;
		}
		copy.set(part.number());
		if (part.number() == 0) {
			this.copies.remove(gateway);
		}
		return listing.members;
	}

	/** Receives the number of the last change. Returns whether to send a query. */
	synchronized boolean isBehind(String gateway, long number) {
		if (number == 0) {
			return this.copies.containsKey(gateway);
		}
		Copy copy = copy(gateway);
		if (copy.awaited || copy.number >= number) {
			return false;
		}
		copy.awaited = true;
		return true;
	}

	/** The members are known otherwise. A query must be sent. */
	synchronized void doubt(String gateway) {
		Copy copy = copy(gateway);
		copy.number = UNCERTAIN;
		copy.awaited = true;
	}

	synchronized boolean isKnown(String gateway) {
		return this.copies.containsKey(gateway);
	}

	/** Returns the number for a query; 0 if no members are known. */
	synchronized long number(String gateway) {
		Copy copy = this.copies.get(gateway);
		return (copy != null) ? copy.number : 0;
	}

	synchronized void forget(String gateway) {
		this.copies.remove(gateway);
	}

	/** What is done with a change. */
	enum Receipt {

		/** The change is applied. */
		APPLY,

		/** The change is applied: it is the only member. */
		APPLY_FIRST,

		/** Nothing is done. */
		IGNORE,

		/** An earlier change is lost: a query is sent. */
		QUERY

	}

	private static final class Copy {

		private long number = UNCERTAIN;

		/** Whether a list is awaited, which contains later changes. */
		private boolean awaited;

		/** The parts of a list that have arrived. */
		private @Nullable Listing listing;

		void set(long newNumber) {
			this.number = newNumber;
			this.awaited = false;
			this.listing = null;
		}

	}

	private static final class Listing {

		private final long number;

		private final List<MemberSnapshot> members = new ArrayList<>();

		private long next;

		Listing(long number) {
			this.number = number;
		}

		/** Returns false if a part is missing. */
		boolean add(MemberList part) {
			if (part.number() != this.number || part.first() != this.next) {
				return false;
			}
			this.members.addAll(part.members());
			this.next = part.last() + 1;
			return true;
		}

	}

}
