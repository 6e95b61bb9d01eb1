package io.nanogame.cluster.service;

import java.time.Duration;
import java.util.Objects;
import java.util.OptionalLong;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;

import io.nanogame.cluster.bus.LeasesDisabledException;
import io.nanogame.cluster.bus.LimitedLog;
import io.nanogame.cluster.bus.Topics;
import io.nanogame.service.NameOwner;
import io.nanogame.service.ServiceAddress;
import io.nanogame.service.Tenure;
import io.netty.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * A name that this node claims: takes its lease as soon as it is free, and renews it. The
 * node counts itself as the owner for four fifths of a lease since it sent the last
 * renewal that succeeded: the rest is for clocks of NATS servers that differ. Confined to
 * the thread of its executor, unless stated otherwise.
 */
final class LeasedName {

	/** Attempts in a lease, and the part of a lease that is left when the owner stops. */
	private static final int PARTS = 5;

	/** The minimum pause between attempts, if leases have no length. */
	private static final long MIN_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

	private static final LimitedLog log = new LimitedLog(LoggerFactory.getLogger(LeasedName.class));

	private final ClusterClaims claims;

	private final ServiceAddress name;

	private final String key;

	/** Identifies this claim among those of all nodes. */
	private final String id;

	private final NameOwner owner;

	private volatile Duration length;

	private @Nullable Held held;

	private @Nullable Timeout deadline;

	private volatile boolean isEnding;

	/** The number of the last start, which ends the attempts of earlier ones. */
	private int starts;

	LeasedName(ClusterClaims claims, ServiceAddress name, String id, NameOwner owner) {
		this.claims = claims;
		this.name = name;
		this.key = Topics.claim(name.service(), Objects.requireNonNull(name.instance()));
		this.id = id;
		this.owner = owner;
		this.length = claims.lease();
	}

	/** Begins to claim the name. Any thread. */
	void start() {
		execute(() -> attempt(++this.starts));
	}

	/** Lets the claimant end the tenure, but not the claim. Any thread. */
	void pause() {
		this.owner.pause();
	}

	/** Ends the claim, but not its tenure. Any thread. */
	void end() {
		this.isEnding = true;
		execute(this::endIfNotHeld);
	}

	/** Lets the claimant end the claim and the tenure. Any thread. */
	void leave() {
		this.owner.leave();
	}

	private void endIfNotHeld() {
		if (this.isEnding && this.held == null) {
			this.claims.ended(this);
		}
	}

	private void execute(Runnable task) {
		try {
			this.claims.executor().execute(task);
		}
		catch (RejectedExecutionException ex) {
			// The node has left its cluster.
			this.claims.ended(this);
		}
	}

	private void attempt(int number) {
		if (this.isEnding) {
			endIfNotHeld();
			return;
		}
		if (number != this.starts || this.claims.isLeaving()) {
			return;
		}
		long start = this.claims.time().nanoTime();
		Held present = this.held;
		this.claims.leases()
			.open()
			.thenCompose((opened) -> request(opened, present))
			.whenComplete((revision, failure) -> execute(() -> {
				try {
					completed(start, revision, failure);
				}
				finally {
					attemptAt(start + part(1), number);
				}
			}));
	}

	private CompletableFuture<OptionalLong> request(Duration opened, @Nullable Held present) {
		this.length = opened;
		return (present != null) ? this.claims.leases().renew(this.key, this.id, present.revision)
				: this.claims.leases().take(this.key, this.id);
	}

	private void completed(long start, @Nullable OptionalLong revision, @Nullable Throwable failure) {
		if (revision == null) {
			failed(failure);
		}
		else if (revision.isEmpty()) {
			lose();
		}
		else {
			succeeded(revision.getAsLong(), start + part(PARTS - 1));
		}
	}

	private void failed(@Nullable Throwable failure) {
		Throwable cause = (failure != null && failure.getCause() != null) ? failure.getCause() : failure;
		if (cause instanceof LeasesDisabledException) {
			log.error("This node cannot claim {}", cause, this.name);
		}
		else {
			log.warn("NATS did not reply to the claim of {}: {}", this.name, cause);
		}
	}

	private void succeeded(long revision, long endNanos) {
		Held present = this.held;
		if (present != null && present.isHeld()) {
			present.extend(revision, endNanos);
			awaitDeadline(present);
			return;
		}
		// A tenure that is over never continues, because another node may have had one.
		lose();
		if (this.isEnding || this.claims.isLeaving()) {
			release(revision);
			return;
		}
		if (endNanos - this.claims.time().nanoTime() <= 0) {
			return;
		}
		Held begun = new Held(revision);
		begun.extend(revision, endNanos);
		this.held = begun;
		awaitDeadline(begun);
		this.claims.fences().admits(this.name, begun.fence());
		this.owner.acquired(begun);
	}

	private void awaitDeadline(Held present) {
		Timeout earlier = this.deadline;
		if (earlier != null) {
			earlier.cancel();
		}
		this.deadline = later(present.endNanos, () -> {
			if (this.held == present && !present.isHeld()) {
				lose();
			}
		});
	}

	private void lose() {
		Held present = this.held;
		this.held = null;
		if (present != null && !present.isOver) {
			present.isOver = true;
			this.owner.lost(present);
		}
		endIfNotHeld();
	}

	private void release(long revision) {
		this.claims.leases().release(this.key, revision).whenComplete((nothing, failure) -> {
			if (failure != null) {
				log.warn("{} is free when its lease ends, because NATS did not confirm its release: {}", this.name,
						failure);
			}
			execute(this::endIfNotHeld);
		});
	}

	private void attemptAt(long nanos, int number) {
		later(Math.max(nanos, this.claims.time().nanoTime() + MIN_PAUSE_NANOS), () -> attempt(number));
	}

	private @Nullable Timeout later(long nanos, Runnable task) {
		try {
			return this.claims.time()
				.newTimeout((timeout) -> execute(task), Math.max(1, nanos - this.claims.time().nanoTime()),
						TimeUnit.NANOSECONDS);
		}
		catch (IllegalStateException ex) {
			// The time has stopped, and the game with it.
			this.claims.ended(this);
			return null;
		}
	}

	private long part(int count) {
		return this.length.dividedBy(PARTS).multipliedBy(count).toNanos();
	}

	/** A tenure of this node. Its public methods may be called on any thread. */
	private final class Held implements Tenure {

		private final long fence;

		private long revision;

		private volatile long endNanos;

		private volatile boolean isOver;

		Held(long fence) {
			this.fence = fence;
		}

		void extend(long renewed, long end) {
			this.revision = renewed;
			this.endNanos = end;
		}

		@Override
		public long fence() {
			return this.fence;
		}

		@Override
		public boolean isHeld() {
			return !this.isOver && LeasedName.this.claims.time().nanoTime() - this.endNanos < 0;
		}

		@Override
		public void release() {
			this.isOver = true;
			execute(() -> {
				if (LeasedName.this.held == this) {
					LeasedName.this.held = null;
					LeasedName.this.release(this.revision);
				}
			});
		}

	}

}
