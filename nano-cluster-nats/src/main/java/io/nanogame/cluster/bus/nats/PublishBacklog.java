package io.nanogame.cluster.bus.nats;

import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;

/**
 * How much waits for the network, and whether more may. NATS's client knows, but blocks
 * who asks until a lost connection is there again; so it is asked now and then, on a
 * thread that may wait, and what was added since then is counted here. Any thread.
 */
final class PublishBacklog implements AutoCloseable {

	/** Asked again when so many were added. */
	private static final long STEP = 1024 * 1024;

	private final ExecutorService thread = Executors.newSingleThreadExecutor((task) -> {
		Thread made = new Thread(task, "nano-nats-backlog");
		made.setDaemon(true);
		return made;
	});

	private final LongSupplier waiting;

	private final long most;

	private final AtomicLong added = new AtomicLong();

	private final AtomicBoolean asking = new AtomicBoolean();

	private volatile long known;

	/**
	 * Nothing waits.
	 * @param waiting how many bytes wait; may block
	 * @param most how many may
	 */
	PublishBacklog(LongSupplier waiting, long most) {
		this.waiting = waiting;
		this.most = most;
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
