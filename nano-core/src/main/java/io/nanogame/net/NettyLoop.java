package io.nanogame.net;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

import io.nanogame.connection.CarriedConnection;
import io.nanogame.connection.CarriedConnections;
import io.nanogame.connection.LoopCounts;
import io.nanogame.connection.OutputLoop;
import io.nanogame.connection.TransportContext;
import io.nanogame.connection.Wire;
import io.netty.channel.EventLoop;
import io.netty.util.concurrent.Future;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A Netty event loop and its connections. Output of other threads is queued and encoded
 * in batches, between which the loop reads. Wires with new output are flushed in a later
 * task, which waits a few batches for the rest of the queue. One periodic sweep checks
 * all connections instead of a timer for each.
 */
final class NettyLoop extends OutputLoop {

	private static final Logger log = LoggerFactory.getLogger(NettyLoop.class);

	/** The number of tasks after which the loop reads again. */
	private static final int MAX_TASKS = 1024;

	/**
	 * The number of messages after which the loop reads again: a broadcast is one task
	 * with many messages.
	 */
	private static final int MAX_MESSAGES = 8192;

	/**
	 * The number of batches by which a flush is postponed at most: about ten
	 * milliseconds.
	 */
	private static final int MAX_POSTPONED = 4;

	private final EventLoop eventLoop;

	private final TransportContext context;

	private final LoopCounts counts;

	private final Duration sweepInterval;

	private final Duration mergeWindow;

	private final Queue<Runnable> output = new MpscUnboundedAtomicArrayQueue<>(256);

	/** Whether a task that drains the output is submitted. */
	private final AtomicBoolean draining = new AtomicBoolean();

	// Confined to the event loop

	/** The messages of the current batch. */
	private int messages;

	private final List<Wire> unflushed = new ArrayList<>();

	/** How often the flush has been postponed because output was queued. */
	private int postponed;

	/** The flushes of the current merge window. */
	private List<Runnable> merging = new ArrayList<>();

	private final CarriedConnections connections = new CarriedConnections();

	private @Nullable Future<?> sweep;

	/** Null until a client with compressed messages connects. */
	private @Nullable FrameDeflater deflater;

	NettyLoop(EventLoop eventLoop, TransportContext context) {
		this.eventLoop = eventLoop;
		this.context = context;
		this.counts = context.traffic().addLoop();
		this.sweepInterval = context.settings().sweepInterval();
		this.mergeWindow = context.mergeWindow();
	}

	TransportContext context() {
		return this.context;
	}

	/** Returns the deflater of compressed messages. Confined to the event loop. */
	FrameDeflater deflater() {
		FrameDeflater current = this.deflater;
		if (current == null) {
			current = new FrameDeflater(this.context.settings().compression().threshold());
			this.deflater = current;
		}
		return current;
	}

	@Override
	public void execute(Runnable task) {
		this.eventLoop.execute(task);
	}

	@Override
	public boolean isCurrent() {
		return this.eventLoop.inEventLoop();
	}

	@Override
	protected boolean isIdle() {
		return this.eventLoop.inEventLoop() && this.output.isEmpty();
	}

	@Override
	protected void enqueue(Runnable task) {
		this.output.add(task);
		if (this.draining.compareAndSet(false, true)) {
			executeOrDrop(this::drain);
		}
	}

	private void drain() {
		this.draining.set(false);
		this.messages = 0;
		for (int tasks = 0; tasks < MAX_TASKS && this.messages < MAX_MESSAGES; tasks++) {
			Runnable task = this.output.poll();
			if (task == null) {
				return;
			}
			run(task);
		}
		if (!this.output.isEmpty() && this.draining.compareAndSet(false, true)) {
			executeOrDrop(this::drain);
		}
	}

	private static void run(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			log.error("An output task failed", ex);
		}
	}

	/**
	 * Schedules the task, because Netty runs scheduled tasks after the next read, but
	 * executed ones before it.
	 */
	@Override
	protected void nextTurn(Runnable task) {
		try {
			this.eventLoop.schedule(task, 1, TimeUnit.NANOSECONDS);
		}
		catch (RejectedExecutionException ex) {
			log.debug("The event loop has stopped; its output is dropped");
		}
	}

	@Override
	protected LoopCounts counts() {
		return this.counts;
	}

	@Override
	protected void appended() {
		this.messages++;
	}

	@Override
	protected void flushSoon(Wire wire) {
		if (this.unflushed.isEmpty()) {
			executeOrDrop(this::flush);
		}
		this.unflushed.add(wire);
	}

	@Override
	protected void flushLater(Runnable flush) {
		if (this.merging.isEmpty()) {
			this.eventLoop.schedule(this::flushMerged, this.mergeWindow.toNanos(), TimeUnit.NANOSECONDS);
		}
		this.merging.add(flush);
	}

	private void flushMerged() {
		List<Runnable> due = this.merging;
		this.merging = new ArrayList<>();
		due.forEach(NettyLoop::run);
		forgetPackets();
	}

	/**
	 * Flushes the wires. Postponed while output is queued, so that one write carries the
	 * output of several batches. A wire flushes itself when it holds 64 KB.
	 */
	private void flush() {
		if (this.postponed < MAX_POSTPONED && !this.output.isEmpty()) {
			this.postponed++;
			executeOrDrop(this::flush);
			return;
		}
		this.postponed = 0;
		// A flush may fail its connection, which may append output to another one.
		for (int i = 0; i < this.unflushed.size(); i++) {
			run(this.unflushed.get(i)::flush);
		}
		this.unflushed.clear();
		forgetPackets();
	}

	private void forgetPackets() {
		if (this.deflater != null) {
			this.deflater.clear();
		}
	}

	private void executeOrDrop(Runnable task) {
		try {
			this.eventLoop.execute(task);
		}
		catch (RejectedExecutionException ex) {
			log.debug("The event loop has stopped; its output is dropped");
		}
	}

	@Override
	protected void add(CarriedConnection connection) {
		this.connections.add(connection);
		if (this.sweep == null) {
			long interval = this.sweepInterval.toNanos();
			this.sweep = this.eventLoop.scheduleAtFixedRate(this::sweep, interval, interval, TimeUnit.NANOSECONDS);
		}
	}

	@Override
	protected void remove(CarriedConnection connection) {
		this.connections.remove(connection);
		if (this.connections.isEmpty() && this.sweep != null) {
			this.sweep.cancel(false);
			this.sweep = null;
		}
	}

	private void sweep() {
		this.connections.sweep(this.context.nanoTime());
	}

}
