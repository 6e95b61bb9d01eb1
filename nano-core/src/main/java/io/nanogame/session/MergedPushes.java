package io.nanogame.session;

import java.util.ArrayList;
import java.util.List;
import java.util.function.IntSupplier;

import org.jspecify.annotations.Nullable;

/**
 * The pushes of a merge window: of one route, written with the same payloads. Not
 * thread-safe.
 */
public final class MergedPushes {

	private final IntSupplier maxLength;

	private @Nullable MergedRoute route;

	private List<OutboundMessage> pushes = new ArrayList<>();

	private long bytes;

	/**
	 * Creates an empty list.
	 * @param maxLength the maximum length of a push of several items, in bytes, if it is
	 * below that of the route
	 */
	public MergedPushes(IntSupplier maxLength) {
		this.maxLength = maxLength;
	}

	/**
	 * Returns whether there is no push.
	 * @return true at first, and after {@link #take()}
	 */
	public boolean isEmpty() {
		return this.pushes.isEmpty();
	}

	/**
	 * Returns whether a push can be added.
	 * @param push a push of the route, which is serialised
	 * @param merged its route
	 * @return false if the pushes must be taken first, because they have another route or
	 * would become too long
	 */
	public boolean admits(OutboundMessage push, MergedRoute merged) {
		return isEmpty() || (merged.equals(this.route) && this.bytes + push.body().length <= limit(merged));
	}

	/**
	 * Adds a push.
	 * @param push a push that is {@link #admits admitted}
	 * @param merged its route
	 */
	public void add(OutboundMessage push, MergedRoute merged) {
		this.route = merged;
		this.pushes.add(push);
		this.bytes += push.body().length;
	}

	/**
	 * Returns whether no further push will be admitted.
	 * @return true if waiting for others is useless
	 */
	public boolean isFull() {
		return this.route != null && this.bytes >= limit(this.route);
	}

	private int limit(MergedRoute merged) {
		return Math.min(this.maxLength.getAsInt(), merged.maxLength());
	}

	/**
	 * Removes all pushes.
	 * @return one push with their items
	 */
	public OutboundMessage take() {
		OutboundMessage all = OutboundMessage.merged(this.pushes);
		this.pushes = new ArrayList<>();
		this.bytes = 0;
		return all;
	}

}
