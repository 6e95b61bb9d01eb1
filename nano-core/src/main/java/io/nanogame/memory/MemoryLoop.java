package io.nanogame.memory;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.nanogame.connection.CarriedConnection;
import io.nanogame.connection.OutputLoop;
import io.nanogame.connection.TransportContext;
import io.nanogame.connection.Wire;
import io.nanogame.time.TimeSource;
import io.netty.util.Timeout;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The loop of all connections in memory. Each of its tasks is a task of the executor, so
 * that an executor which is run by hand steps through them. Output is queued with the
 * other tasks, and no push waits for a merge window.
 */
final class MemoryLoop extends OutputLoop {

	private static final Logger log = LoggerFactory.getLogger(MemoryLoop.class);

	private final Executor threads;

	private final TransportContext context;

	private final TimeSource time;

	private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();

	/** Tasks that are queued or running. */
	private final AtomicInteger size = new AtomicInteger();

	/** Queued output tasks that have not begun. */
	private final AtomicInteger queued = new AtomicInteger();

	private volatile @Nullable Thread thread;

	// Confined to the loop

	private final List<CarriedConnection> connections = new ArrayList<>();

	private final Set<Wire> unflushed = new LinkedHashSet<>();

	private @Nullable Timeout sweep;

	MemoryLoop(Executor threads, TransportContext context, TimeSource time) {
		this.threads = threads;
		this.context = context;
		this.time = time;
	}

	@Override
	public void execute(Runnable task) {
		this.tasks.add(task);
		if (this.size.getAndIncrement() == 0) {
			startNext();
		}
	}

	private void startNext() {
		try {
			this.threads.execute(this::runNext);
		}
		catch (RejectedExecutionException ex) {
			log.debug("The threads of the server are closed; the tasks of the loop are dropped");
		}
	}

	private void runNext() {
		this.thread = Thread.currentThread();
		try {
			this.tasks.remove().run();
		}
		catch (Throwable ex) {
			log.error("A task of the loop failed", ex);
		}
		finally {
			this.thread = null;
			if (this.size.decrementAndGet() > 0) {
				startNext();
			}
		}
	}

	@Override
	public boolean isCurrent() {
		return this.thread == Thread.currentThread();
	}

	@Override
	protected boolean isIdle() {
		return isCurrent() && this.queued.get() == 0;
	}

	@Override
	protected void enqueue(Runnable output) {
		this.queued.incrementAndGet();
		execute(() -> {
			this.queued.decrementAndGet();
			output.run();
		});
	}

	@Override
	protected void flushSoon(Wire wire) {
		if (this.unflushed.isEmpty()) {
			execute(this::flush);
		}
		this.unflushed.add(wire);
	}

	private void flush() {
		List<Wire> due = List.copyOf(this.unflushed);
		this.unflushed.clear();
		due.forEach(Wire::flush);
	}

	@Override
	protected void add(CarriedConnection connection) {
		this.connections.add(connection);
		if (this.sweep == null) {
			scheduleSweep();
		}
	}

	@Override
	protected void remove(CarriedConnection connection) {
		this.connections.remove(connection);
		if (this.connections.isEmpty() && this.sweep != null) {
			this.sweep.cancel();
			this.sweep = null;
		}
	}

	private void scheduleSweep() {
		this.sweep = this.time.newTimeout((timeout) -> execute(this::sweep),
				this.context.settings().sweepInterval().toNanos(), TimeUnit.NANOSECONDS);
	}

	private void sweep() {
		if (!this.connections.isEmpty()) {
			scheduleSweep();
			long now = this.context.nanoTime();
			List.copyOf(this.connections).forEach((connection) -> connection.sweep(now));
		}
	}

}
