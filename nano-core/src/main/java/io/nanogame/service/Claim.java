package io.nanogame.service;

import java.util.concurrent.RejectedExecutionException;

import io.nanogame.lane.Lane;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The claim of this node to the name of an instance, which has one owner in the cluster.
 * While this node is the owner, it offers the instance. Thread-safe.
 */
public final class Claim implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(Claim.class);

	private final ServiceAddress name;

	private final Claimant<?> claimant;

	private final Lane lane;

	/** Offers an implementation for a tenure. */
	private final Offering offering;

	/** Calls the claimant. */
	private final Lane callbacks;

	/** Ends the claim. Set once, before the claim is known to others. */
	private volatile Runnable end = () -> {
	};

	// Guarded by this

	private @Nullable Tenure tenure;

	private @Nullable Offer<?> offer;

	private boolean closed;

	/**
	 * Creates a claim.
	 * @param lane the lane of the instance
	 * @param callbacks a lane of its own
	 */
	<T> Claim(ServiceAddress name, Claimant<T> claimant, Lane lane, Lane callbacks, Offering offering) {
		this.name = name;
		this.claimant = claimant;
		this.lane = lane;
		this.callbacks = callbacks;
		this.offering = offering;
	}

	/** Sets what ends the claim, which may be over already. */
	void endWith(Runnable action) {
		this.end = action;
		boolean isOver;
		synchronized (this) {
			isOver = this.closed;
		}
		if (isOver) {
			action.run();
		}
	}

	ServiceAddress name() {
		return this.name;
	}

	/**
	 * Returns whether this node is the owner and offers the instance.
	 * @return false as soon as another node could be the owner
	 */
	public boolean isHeld() {
		Offer<?> current;
		synchronized (this) {
			current = this.offer;
		}
		return current != null && current.tenure().isHeld();
	}

	/**
	 * Ends the claim: the instance can no longer be called, and the name is free for
	 * others as soon as the calls in its mailbox have been executed. Does not block.
	 * Idempotent.
	 */
	@Override
	public void close() {
		end(false);
	}

	private void end(boolean notify) {
		Tenure last;
		synchronized (this) {
			if (this.closed) {
				return;
			}
			this.closed = true;
			last = this.tenure;
		}
		this.end.run();
		boolean wasOffered = withdraw();
		if (last != null) {
			release(last, notify && wasOffered);
		}
	}

	/** Releases the name when the calls in the mailbox have been executed. */
	private void release(Tenure last, boolean notify) {
		Runnable release = () -> {
			last.release();
			if (notify) {
				notifyLost();
			}
		};
		try {
			this.lane.execute(release);
		}
		catch (RejectedExecutionException ex) {
			release.run();
		}
	}

	/** Returns whether the instance was offered. */
	private boolean withdraw() {
		Offer<?> current;
		synchronized (this) {
			current = this.offer;
			this.offer = null;
		}
		if (current != null) {
			current.close();
		}
		return current != null;
	}

	private void notifyLost() {
		try {
			this.callbacks.execute(this.claimant::lost);
		}
		catch (RejectedExecutionException ex) {
			log.warn("The claimant of {} is not notified that it is lost: {}", this.name, ex.getMessage());
		}
	}

	private void begin(Tenure begun) {
		if (!isCurrent(begun)) {
			return;
		}
		try {
			begin(begun, this.offering.offer(this.claimant.acquired(begun.fence()), begun));
		}
		catch (Throwable ex) {
			log.error("This node releases {}, which it cannot provide", this.name, ex);
			begun.release();
		}
	}

	private void begin(Tenure begun, Offer<?> created) {
		boolean isLost;
		synchronized (this) {
			if (isCurrent(begun)) {
				this.offer = created;
				return;
			}
			isLost = !this.closed;
		}
		created.close();
		if (isLost) {
			notifyLost();
		}
	}

	private synchronized boolean isCurrent(Tenure begun) {
		return this.tenure == begun && !this.closed;
	}

	/** The side of the cluster. */
	final class Owner implements NameOwner {

		@Override
		public void acquired(Tenure begun) {
			synchronized (Claim.this) {
				if (!Claim.this.closed) {
					Claim.this.tenure = begun;
				}
			}
			if (!isCurrent(begun)) {
				begun.release();
				return;
			}
			try {
				Claim.this.callbacks.execute(() -> begin(begun));
			}
			catch (RejectedExecutionException ex) {
				begun.release();
			}
		}

		@Override
		public void lost(Tenure ended) {
			synchronized (Claim.this) {
				if (Claim.this.tenure == ended) {
					Claim.this.tenure = null;
				}
			}
			if (withdraw()) {
				log.warn("This node has lost {}", Claim.this.name);
				notifyLost();
			}
		}

		@Override
		public void pause() {
			Tenure last;
			synchronized (Claim.this) {
				last = Claim.this.tenure;
				Claim.this.tenure = null;
			}
			boolean wasOffered = withdraw();
			if (last != null) {
				release(last, wasOffered);
			}
		}

		@Override
		public void leave() {
			end(true);
		}

	}

	/** Offers the instance. */
	@FunctionalInterface
	interface Offering {

		Offer<?> offer(Object implementation, Tenure tenure);

	}

}
