package io.nanogame.connection;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.nanogame.limit.Limit;
import io.nanogame.session.Handshake;
import io.nanogame.session.HandshakeValidator;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs handshake validators on the worker threads, without delaying the messages of
 * players: the number of threads is limited, and each validation is queued after pending
 * tasks. Disconnected clients leave the queue. Thread-safe.
 */
public final class Validations {

	private static final Logger log = LoggerFactory.getLogger(Validations.class);

	private final List<HandshakeValidator> validators;

	private final Executor workers;

	private final Limit limit;

	private final int maxThreads;

	/** In the order of submission. Guarded by this. */
	private final Map<Session, Entry> waiting = new LinkedHashMap<>();

	/** Releases the handshake of a client that has disconnected, because it is large. */
	private final Consumer<Session> onClose = this::forget;

	/** The number of running and submitted worker tasks. Guarded by this. */
	private int running;

	/**
	 * Creates the validations of a server.
	 * @param validators called in order; may be empty
	 * @param workers the worker threads
	 * @param bounds the maximum numbers of clients and threads
	 */
	public Validations(List<HandshakeValidator> validators, Executor workers, Bounds bounds) {
		this.validators = List.copyOf(validators);
		this.workers = workers;
		this.limit = new Limit("validations", bounds.clients());
		this.maxThreads = bounds.threads();
	}

	/**
	 * Returns the limit of clients that wait or are validated.
	 * @return the limit
	 */
	public Limit limit() {
		return this.limit;
	}

	/**
	 * Returns whether there are no validators.
	 * @return true without validators
	 */
	public boolean isEmpty() {
		return this.validators.isEmpty();
	}

	/**
	 * Submits a handshake to the validators, which run on a worker thread.
	 * @param handshake the handshake of a client
	 * @param verdict receives the result, unless the client disconnects before
	 */
	public void submit(Handshake handshake, Verdict verdict) {
		if (admit(new Entry(handshake, verdict))) {
			SessionHandle.of(handshake.session()).addCloseAction(this.onClose);
		}
		else {
			verdict.busy();
		}
	}

	private boolean admit(Entry entry) {
		synchronized (this) {
			if (!this.limit.hasRoom(this.waiting.size() + this.running)) {
				this.limit.exceeded();
				return false;
			}
			this.waiting.put(entry.handshake.session(), entry);
			if (this.running >= this.maxThreads) {
				return true;
			}
			this.running++;
		}
		if (!submitNext()) {
			refuseAll();
		}
		return true;
	}

	private synchronized void forget(Session disconnected) {
		this.waiting.remove(disconnected);
	}

	/** Returns false if the workers reject the task. */
	private boolean submitNext() {
		try {
			this.workers.execute(this::next);
			return true;
		}
		catch (RuntimeException | OutOfMemoryError ex) {
			log.debug("No worker for the validation of a handshake", ex);
			return false;
		}
	}

	/** Rejects all waiting clients, because no worker task will run. */
	private void refuseAll() {
		List<Entry> refused;
		synchronized (this) {
			this.running--;
			if (this.running > 0) {
				return;
			}
			refused = new ArrayList<>(this.waiting.values());
			this.waiting.clear();
		}
		refused.forEach((entry) -> entry.verdict.busy());
	}

	/**
	 * Runs one validation, then submits itself again, so that other tasks of the workers
	 * run in between. Runs on a worker thread.
	 */
	private void next() {
		do {
			Entry entry = poll();
			if (entry == null) {
				return;
			}
			validate(entry.handshake, entry.verdict);
		}
		while (isIdle() || !submitNext());
	}

	private synchronized @Nullable Entry poll() {
		Iterator<Entry> entries = this.waiting.values().iterator();
		if (!entries.hasNext()) {
			this.running--;
			return null;
		}
		Entry entry = entries.next();
		entries.remove();
		SessionHandle.of(entry.handshake.session()).removeCloseAction(this.onClose);
		return entry;
	}

	/** Returns whether the queue is empty, so that no further task is needed. */
	private synchronized boolean isIdle() {
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
	 * Receives the decision about a client, on a worker thread or on the submitting
	 * thread. Must not throw.
	 */
	public interface Verdict {

		/** No validator has rejected the client. */
		void valid();

		/**
		 * The client is rejected.
		 * @param reason the exception of the validator
		 */
		void invalid(Throwable reason);

		/** Too many clients are waiting, or no worker is available. */
		void busy();

	}

	/**
	 * The maximum numbers of clients and threads.
	 *
	 * @param clients the number of clients that may wait or be validated; further ones
	 * are disconnected and may reconnect later; 0 for no limit
	 * @param threads the number of threads used at once, at least one
	 */
	public record Bounds(int clients, int threads) {

		/** 1000 clients, and no limit on threads. */
		public static final Bounds DEFAULT = new Bounds(1000, Integer.MAX_VALUE);

	}

	private record Entry(Handshake handshake, Verdict verdict) {
	}

}
