package io.nanogame.cluster;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.IntSupplier;

import io.nanogame.cluster.backend.Backend;
import io.nanogame.cluster.handover.ClientDrain;
import io.nanogame.cluster.handover.Handover;
import io.nanogame.cluster.service.ClusterServices;
import io.nanogame.node.DrainTask;
import io.nanogame.time.RealTime;
import io.nanogame.time.TimeSource;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The drain of a node: the other nodes send their next messages of sessions and calls of
 * services elsewhere, except calls that are for this node or for all, and those that have
 * arrived are completed. The clients of a gateway leave it for other gateways. A drain
 * can be undone, unless the node stops. Thread-safe.
 */
public final class NodeDrain {

	private static final Logger log = LoggerFactory.getLogger(NodeDrain.class);

	/** No message takes as long to arrive, unless its gateway is suspended. */
	private static final Duration QUIET = Duration.ofMillis(300);

	private static final long STEP_MILLIS = 20;

	/** The maximum time until calls of services that have arrived are passed on. */
	private static final Duration SERVICES_PATIENCE = Duration.ofSeconds(2);

	/** The maximum time for state of other nodes that is just arriving. */
	private static final Duration RECEIVING_PATIENCE = Duration.ofSeconds(4);

	private final LeaveExchange gateways;

	private final ClusterServices services;

	private final Backend backend;

	private final IntSupplier clients;

	private final Handover handover;

	private final TimeSource time;

	private final List<DrainTask> tasks = new CopyOnWriteArrayList<>();

	private volatile Duration period = Duration.ofSeconds(15);

	private volatile State state = State.SERVING;

	private volatile @Nullable Instant since;

	private volatile long beganNanos;

	/**
	 * Creates the drain of a node that serves others.
	 * @param gateways announces whether this node leaves, and knows who sends messages
	 * @param services the services of this node
	 * @param backend the sessions of other nodes
	 * @param clients counts the sessions of this node
	 * @param handover moves sessions to other gateways
	 * @param time the time of this node
	 */
	NodeDrain(LeaveExchange gateways, ClusterServices services, Backend backend, IntSupplier clients, Handover handover,
			TimeSource time) {
		this.gateways = gateways;
		this.services = services;
		this.backend = backend;
		this.clients = clients;
		this.handover = handover;
		this.time = time;
	}

	/**
	 * Sets the time over which the clients of a gateway leave it for others.
	 * @param next the time; zero if the clients stay
	 */
	public void setPeriod(Duration next) {
		this.period = next;
	}

	/**
	 * Adds a task that moves state of this node to others.
	 * @param task the task
	 */
	public void add(DrainTask task) {
		this.tasks.add(task);
	}

	/**
	 * Begins a drain. Has no effect if it has begun. Blocks while state and calls of
	 * other nodes are just arriving, for a few seconds at most.
	 */
	public synchronized void begin() {
		if (this.state == State.SERVING) {
			this.since = Instant.ofEpochMilli(this.time.currentTimeMillis());
			this.beganNanos = this.time.nanoTime();
			this.state = State.DRAINING;
			this.gateways.setLeaving(true);
			awaitReceiving();
			this.services.leave(SERVICES_PATIENCE);
			log.info(
					"This node is drained: it accepts no new sessions of other nodes, and only calls of its services that are for this node or for all");
			ClientDrain leaving = this.handover.drain();
			if (leaving != null) {
				leaving.begin(this.period);
			}
			this.tasks.forEach(DrainTask::begin);
		}
	}

	private void awaitReceiving() {
		long end = RealTime.nanoTime() + RECEIVING_PATIENCE.toNanos();
		try {
			while (this.tasks.stream().anyMatch(DrainTask::isReceiving) && RealTime.nanoTime() - end < 0) {
				Thread.sleep(STEP_MILLIS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/**
	 * Undoes a drain. Has no effect if there is none.
	 * @return false if the node stops, which cannot be undone
	 */
	public synchronized boolean undo() {
		if (this.state == State.DRAINING) {
			this.state = State.SERVING;
			this.since = null;
			this.tasks.forEach(DrainTask::undo);
			this.services.resume();
			ClientDrain leaving = this.handover.drain();
			if (leaving != null) {
				leaving.undo();
			}
			this.gateways.setLeaving(false);
			log.info("This node is no longer drained");
		}
		return this.state == State.SERVING;
	}

	/** Begins a drain that cannot be undone. Blocks as {@link #begin}. */
	public synchronized void stop() {
		begin();
		this.state = State.STOPPING;
	}

	/**
	 * Waits until the clients of this node have left it, and its tasks are done, for at
	 * most the time of a drain. Then waits until the other gateways send no further
	 * messages, and those that have arrived are handled. Blocks.
	 * @param patience the maximum time for the messages
	 */
	public void await(Duration patience) {
		try {
			// Until then the other nodes have received the announcement.
			Thread.sleep(Math.min(QUIET.toMillis(), patience.toMillis()));
			awaitClients();
			awaitTasks();
			long end = RealTime.nanoTime() + patience.toNanos();
			while (isAwaited()) {
				if (RealTime.nanoTime() - end > 0) {
					log.warn("This node leaves while clients of other nodes wait for it; their requests fail with 503");
					return;
				}
				Thread.sleep(STEP_MILLIS);
			}
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Returns whether other nodes wait for this one, or may send further messages. */
	private boolean isAwaited() {
		return !this.gateways.isComplete() || this.backend.isBusy(QUIET);
	}

	private void awaitClients() throws InterruptedException {
		ClientDrain leaving = this.handover.drain();
		while (leaving != null && !leaving.isDone()) {
			Thread.sleep(STEP_MILLIS);
		}
	}

	private void awaitTasks() throws InterruptedException {
		while (!this.tasks.stream().allMatch(DrainTask::isDone)
				&& this.time.nanoTime() - this.beganNanos < this.period.toNanos()) {
			Thread.sleep(STEP_MILLIS);
		}
	}

	/**
	 * Returns the progress.
	 * @return a snapshot
	 */
	public Progress progress() {
		State now = this.state;
		boolean drained = now != State.SERVING && this.time.nanoTime() - this.beganNanos >= QUIET.toNanos()
				&& this.services.isIdle() && !isAwaited();
		ClientDrain leaving = this.handover.drain();
		ClientDrain.Progress left = (leaving != null) ? leaving.progress()
				: new ClientDrain.Progress(this.clients.getAsInt(), 0, 0, 0, 0);
		return new Progress(now, this.since, drained, left, this.backend.sessions(), this.backend.messages(),
				this.services.underWay());
	}

	/** Whether a node is drained. */
	public enum State {

		/** Other nodes send messages and calls. */
		SERVING,

		/** Other nodes send no further messages and calls. */
		DRAINING,

		/** As {@link #DRAINING}, and the node stops. */
		STOPPING

	}

	/**
	 * What is left on a node.
	 *
	 * @param state whether it is drained
	 * @param since when the drain began; null without one
	 * @param drained whether no other node waits for this one any more
	 * @param clients what has become of the clients of this node
	 * @param copies the sessions of other nodes that are known here; they remain until
	 * they are closed, or this node is
	 * @param messages the messages of these sessions that are queued or handled
	 * @param calls the calls of services by other nodes that have no result
	 */
	public record Progress(State state, @Nullable Instant since, boolean drained, ClientDrain.Progress clients,
			int copies, int messages, int calls) {
	}

}
