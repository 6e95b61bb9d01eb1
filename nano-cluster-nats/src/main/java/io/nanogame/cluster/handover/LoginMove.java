package io.nanogame.cluster.handover;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.BooleanSupplier;

import io.nanogame.cluster.user.SessionQueries.Found;
import io.nanogame.cluster.user.UserMoves;
import io.nanogame.connection.LoginPull;
import io.nanogame.session.Session;

/**
 * A login of a player that waits for the older session, which another gateway may have.
 * Thread-safe.
 *
 * <pre>
 * FINDING --reply of its gateway--&gt; PULLING --arrived, or cannot--&gt; OVER
 *         &lt;--on its way elsewhere--
 * </pre>
 */
final class LoginMove {

	/**
	 * For the reply of a gateway that has the session. None of a session that is lost
	 * with its gateway replies, and its player waits.
	 */
	private static final Duration ANSWER = Duration.ofSeconds(1);

	/** For the arrival of the session, perhaps with a second attempt. */
	private static final Duration PATIENCE = Pull.PATIENCE.multipliedBy(2);

	private enum State {

		FINDING, PULLING, WAITING, OVER

	}

	private final Session newer;

	private final String uid;

	private final Gateways gateways;

	private final Pulls pulls;

	private final UserMoves users;

	/** Whether the session is here, because of another login or a move. */
	private final BooleanSupplier isHere;

	private final long begunNanos;

	private final long stamp;

	private final CompletableFuture<Boolean> end = new CompletableFuture<>();

	// Guarded by this

	private State state = State.WAITING;

	private long findingNanos;

	/** Those without a reply, of which each may have the first one. */
	private final List<CompletableFuture<Found>> queries = new ArrayList<>();

	LoginMove(Session newer, String uid, long stamp, Gateways gateways, Pulls pulls, UserMoves users,
			BooleanSupplier isHere) {
		this.newer = newer;
		this.uid = uid;
		this.gateways = gateways;
		this.pulls = pulls;
		this.users = users;
		this.isHere = isHere;
		this.begunNanos = gateways.nanoTime();
		this.stamp = stamp;
	}

	/**
	 * Returns the end of the wait: the session has arrived, or does not. False if this is
	 * not the newest login any more.
	 */
	CompletableFuture<Boolean> end() {
		return this.end;
	}

	/** Looks for the session, or repeats that, because messages may be lost. */
	void find() {
		CompletableFuture<Found> asked;
		synchronized (this) {
			if (this.state != State.WAITING && this.state != State.FINDING) {
				return;
			}
			if (this.state == State.WAITING) {
				this.findingNanos = this.gateways.nanoTime();
			}
			this.state = State.FINDING;
			asked = this.users.find(this.uid);
			this.queries.add(asked);
		}
		asked.thenAccept(this::found);
	}

	private void found(Found found) {
		synchronized (this) {
			if (this.state != State.FINDING) {
				return;
			}
			this.state = found.sessions().isEmpty() ? State.OVER : State.PULLING;
		}
		endQueries();
		if (found.sessions().isEmpty()) {
			this.end.complete(true);
			return;
		}
		long older = found.sessions().get(0);
		this.pulls.bring(LoginPull.of(this.newer, older, this.uid, this.stamp, this::pulled), found.node());
	}

	private void pulled(LoginPull.Result result) {
		if (result != LoginPull.Result.UNKNOWN) {
			end(result != LoginPull.Result.OUTDATED);
			return;
		}
		synchronized (this) {
			if (this.state == State.PULLING) {
				// Found again at the next sweep.
				this.state = State.WAITING;
			}
		}
	}

	/** Ends the wait: the login replaces an older session that is not here. */
	void giveUp() {
		end(true);
	}

	private void end(boolean isNewest) {
		synchronized (this) {
			this.state = State.OVER;
		}
		endQueries();
		this.end.complete(isNewest);
	}

	private void endQueries() {
		List<CompletableFuture<Found>> open;
		synchronized (this) {
			open = List.copyOf(this.queries);
			this.queries.clear();
		}
		open.forEach((query) -> query.cancel(false));
	}

	/** Called several times every heartbeat. */
	void sweep(long nowNanos) {
		State present;
		long finding;
		synchronized (this) {
			present = this.state;
			finding = nowNanos - this.findingNanos;
		}
		boolean hasCome = present != State.PULLING && this.isHere.getAsBoolean();
		boolean isSilent = present == State.FINDING && finding >= ANSWER.toNanos();
		if (hasCome || isSilent || !this.newer.isOpen() || nowNanos - this.begunNanos > PATIENCE.toNanos()) {
			giveUp();
		}
		else {
			find();
		}
	}

}
