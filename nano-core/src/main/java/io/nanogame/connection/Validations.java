package io.nanogame.connection;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.Executor;

import io.nanogame.limit.Limit;
import io.nanogame.session.Handshake;
import io.nanogame.session.HandshakeValidator;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs the validators of handshakes on the workers of the players, without standing in
 * their way: only so many at once, and each of them behind what players have asked for
 * before its turn. A client that has gone is not validated. Any thread.
 */
public final class Validations {

	private static final Logger log = LoggerFactory.getLogger(Validations.class);

	private final List<HandshakeValidator> validators;

	private final Executor workers;

	private final Limit limit;

	private final int atOnce;

	/** Guarded by this. */
	private final Queue<Entry> waiting = new ArrayDeque<>();

	/** How many workers are at it, or will be. Guarded by this. */
	private int running;

	/**
	 * The validations of a server.
	 * @param validators asked in order; may be empty
	 * @param workers lend the threads
	 * @param bounds how many at most
	 */
	public Validations(List<HandshakeValidator> validators, Executor workers, Bounds bounds) {
		this.validators = List.copyOf(validators);
		this.workers = workers;
		this.limit = new Limit("validations", bounds.clients());
		this.atOnce = bounds.threads();
	}

	/**
	 * How many clients may wait.
	 * @return the limit
	 */
	public Limit limit() {
		return this.limit;
	}

	/**
	 * Whether nobody has to be asked.
	 * @return true without validators
	 */
	public boolean isEmpty() {
		return this.validators.isEmpty();
	}

	/**
	 * Asks the validators, soon, on a worker.
	 * @param handshake of a client that waits
	 * @param verdict receives the result, unless the client goes before
	 */
	public void submit(Handshake handshake, Verdict verdict) {
		if (!admit(new Entry(handshake, verdict))) {
			verdict.busy();
		}
	}

	private boolean admit(Entry entry) {
		synchronized (this) {
			if (!hasRoom()) {
				this.limit.exceeded();
				return false;
			}
			this.waiting.add(entry);
			if (this.running >= this.atOnce) {
				return true;
			}
			this.running++;
		}
		if (!goesOn()) {
			refuseAll();
		}
		return true;
	}

	/** Clients that have gone take no room from those that come. */
	private boolean hasRoom() {
		if (!this.limit.hasRoom(this.waiting.size() + this.running)) {
			this.waiting.removeIf(Entry::isGone);
		}
		return this.limit.hasRoom(this.waiting.size() + this.running);
	}

	/** Returns false when there is no worker. */
	private boolean goesOn() {
		try {
			this.workers.execute(this::next);
			return true;
		}
		catch (RuntimeException | OutOfMemoryError ex) {
			log.debug("No worker for the validation of a handshake", ex);
			return false;
		}
	}

	/** No worker will come for those that wait, so they must not wait. */
	private void refuseAll() {
		List<Entry> refused;
		synchronized (this) {
			this.running--;
			if (this.running > 0) {
				return;
			}
			refused = new ArrayList<>(this.waiting);
			this.waiting.clear();
		}
		refused.forEach((entry) -> entry.verdict.busy());
	}

	/** Worker: one validation, then the others who want a worker have their turn. */
	private void next() {
		do {
			Entry entry = poll();
			if (entry == null) {
				return;
			}
			validate(entry.handshake, entry.verdict);
		}
		while (isLast() || !goesOn());
	}

	private synchronized @Nullable Entry poll() {
		Entry entry;
		do {
			entry = this.waiting.poll();
		}
		while (entry != null && entry.isGone());
		if (entry == null) {
			this.running--;
		}
		return entry;
	}

	/** Spares a worker that would find nothing to do. */
	private synchronized boolean isLast() {
		return this.waiting.isEmpty();
	}

	private void validate(Handshake handshake, Verdict verdict) {
		Session candidate = handshake.session();
		try {
			for (HandshakeValidator validator : this.validators) {
				if (!candidate.isOpen()) {
					return;
				}
				validator.validate(handshake);
			}
			verdict.valid();
		}
		catch (Throwable ex) {
			verdict.invalid(ex);
		}
	}

	/**
	 * What becomes of the client. Worker, or the thread that asked; never throws.
	 */
	public interface Verdict {

		/** No validator has refused it. */
		void valid();

		/**
		 * It is refused.
		 * @param reason what a validator threw
		 */
		void invalid(Throwable reason);

		/** Too many others wait, or no worker is there. */
		void busy();

	}

	/**
	 * How many at most.
	 *
	 * @param clients how many may wait or be validated, above which they are closed, to
	 * come back later; 0 for any number
	 * @param threads how many may be used at once, at least one
	 */
	public record Bounds(int clients, int threads) {

		/** A thousand clients, and any number of threads. */
		public static final Bounds DEFAULT = new Bounds(1000, Integer.MAX_VALUE);

	}

	private record Entry(Handshake handshake, Verdict verdict) {

		boolean isGone() {
			return !this.handshake.session().isOpen();
		}

	}

}
