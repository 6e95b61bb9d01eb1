package io.nanogame.boot.test.slice;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.nanogame.connection.CarriedConnection;
import io.nanogame.connection.OutputLoop;
import io.nanogame.connection.TransportContext;
import io.nanogame.connection.Wire;
import io.nanogame.lane.Lane;
import io.netty.util.Timeout;
import org.jspecify.annotations.Nullable;

/**
 * The loop of all connections in memory. It is a lane, and queues all output behind its
 * earlier tasks.
 */
final class MemoryLoop extends OutputLoop {

	private final Lane lane;

	private final TransportContext context;

	private final VirtualTime time;

	/** Queued output tasks that have not begun. */
	private final AtomicInteger queued = new AtomicInteger();

	// Confined to the lane

	private final List<CarriedConnection> connections = new ArrayList<>();

	private final Set<Wire> unflushed = new LinkedHashSet<>();

	private @Nullable Timeout sweep;

	MemoryLoop(GameThreads threads, TransportContext context, VirtualTime time) {
		this.lane = new Lane("memory", threads.executor(), Integer.MAX_VALUE);
		this.context = context;
		this.time = time;
	}

	@Override
	public void execute(Runnable task) {
		this.lane.execute(task);
	}

	@Override
	public boolean isCurrent() {
		return this.lane.isCurrent();
	}

	@Override
	protected boolean isIdle() {
		return this.lane.isCurrent() && this.queued.get() == 0;
	}

	@Override
	protected void enqueue(Runnable output) {
		this.queued.incrementAndGet();
		this.lane.execute(() -> {
			this.queued.decrementAndGet();
			output.run();
		});
	}

	@Override
	protected void flushSoon(Wire wire) {
		if (this.unflushed.isEmpty()) {
			this.lane.execute(this::flush);
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
		this.sweep = this.time.newTimeout((timeout) -> this.lane.execute(this::sweep),
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
