package io.nanogame.cluster.bus.nats;

import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * The bytes that are published and have not left, and whether there is room for more. The
 * client of NATS counts them, but blocks the caller while the connection is lost. So it
 * is queried periodically, on a thread that may block, and bytes that were added since
 * then are counted here. Thread-safe.
 */
final class PublishBacklog implements AutoCloseable {

	/** The client is also queried when as many bytes were added. */
	private static final long STEP = 1024 * 1024;

	private static final long PERIOD_MILLIS = 1000;

	private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor((task) -> {
		Thread made = new Thread(task, "nano-nats-backlog");
		made.setDaemon(true);
		return made;
	});

	private final LongSupplier waiting;

	private final long most;

	private final AtomicLong added = new AtomicLong();

	/** Whether a query is queued or blocked. */
	private final AtomicBoolean asking = new AtomicBoolean();

	private volatile long known;

	/**
	 * Creates an empty backlog.
	 * @param waiting returns the number of bytes; may block
	 * @param most the maximum number of bytes
	 */
	PublishBacklog(LongSupplier waiting, long most) {
		this.waiting = waiting;
		this.most = most;
		this.thread.scheduleWithFixedDelay(this::ask, PERIOD_MILLIS, PERIOD_MILLIS, TimeUnit.MILLISECONDS);
	}

	/**
	 * Counts bytes that are about to be published.
	 * @param bytes how many
	 * @return false when they are too many; they are not counted then
	 */
	boolean hasRoom(int bytes) {
		boolean room = this.known + this.added.get() + bytes <= this.most;
		if (!room || this.added.addAndGet(bytes) > STEP) {
			ask();
		}
		return room;
	}

	/**
	 * Returns the bytes that have not left: as of the last query or, if the client does
	 * not reply because the connection is lost, with all that were added since.
	 */
	long bytes() {
		return this.asking.get() ? this.known + this.added.get() : this.known;
	}

	private void ask() {
		if (this.asking.compareAndSet(false, true)) {
			try {
				this.thread.execute(this::look);
			}
			catch (RejectedExecutionException ex) {
				// Closed.
			}
		}
	}

	private void look() {
		try {
			long before = this.added.get();
			this.known = this.waiting.getAsLong();
			this.added.addAndGet(-before);
		}
		finally {
			this.asking.set(false);
		}
	}

	@Override
	public void close() {
		this.thread.shutdownNow();
	}

}
