package io.nanogame.cluster.backend;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.atomic.AtomicBoolean;

import io.nanogame.cluster.frame.GatewayFrame.Multicast;
import io.nanogame.cluster.peer.Outbox;
import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.netty.util.concurrent.EventExecutor;
import org.jctools.queues.atomic.MpscUnboundedAtomicArrayQueue;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A thread that handles messages of sessions of other nodes. It runs tasks in batches,
 * and the frames that the tasks of a batch send leave together.
 */
final class BackendLoop implements ConnectionLoop {

	private static final Logger log = LoggerFactory.getLogger(BackendLoop.class);

	/** The maximum number of tasks for which a frame waits. */
	private static final int BATCH = 64;

	private final EventExecutor thread;

	private final Runnable flush;

	private final Queue<Runnable> tasks = new MpscUnboundedAtomicArrayQueue<>(256);

	/** Whether the thread has a task that runs a batch. */
	private final AtomicBoolean scheduled = new AtomicBoolean();

	/**
	 * Creates a loop.
	 * @param thread runs the tasks
	 * @param flush publishes the frames that the tasks have sent
	 */
	BackendLoop(EventExecutor thread, Runnable flush) {
		this.thread = thread;
		this.flush = flush;
	}

	@Override
	public void execute(Runnable task) {
		add(task);
		start();
	}

	/** Adds a task that runs after {@link #start()}. */
	void add(Runnable task) {
		this.tasks.add(task);
	}

	/** Runs the tasks that were added. */
	void start() {
		if (!this.tasks.isEmpty() && !this.scheduled.get() && this.scheduled.compareAndSet(false, true)) {
			try {
				this.thread.execute(this::runBatch);
			}
			catch (RejectedExecutionException ex) {
				this.scheduled.set(false);
				throw ex;
			}
		}
	}

	private void runBatch() {
		for (int i = 0; i < BATCH; i++) {
			Runnable task = this.tasks.poll();
			if (task == null) {
				break;
			}
			run(task);
		}
		this.flush.run();
		this.scheduled.set(false);
		start();
	}

	private static void run(Runnable task) {
		try {
			task.run();
		}
		catch (Throwable ex) {
			log.error("A task of a session of another node failed", ex);
		}
	}

	@Override
	public boolean isCurrent() {
		return this.thread.inEventLoop();
	}

	/** Sends one frame to each gateway, on the thread of the caller. */
	@Override
	public void broadcast(OutboundMessage message, Collection<Session> members) {
		Map<Outbox, List<Session>> byGateway = new HashMap<>();
		String form = "";
		for (Session member : members) {
			GatewayConnection connection = RemoteSession.connectionOf(member);
			if (connection != null && !connection.isClosed()) {
				// The same for all, because they have the same payloads.
				form = connection.form();
				byGateway.computeIfAbsent(connection.outbox(), (gateway) -> new ArrayList<>()).add(member);
			}
		}
		for (Map.Entry<Outbox, List<Session>> gateway : byGateway.entrySet()) {
			long[] sessions = gateway.getValue().stream().mapToLong(Session::id).toArray();
			gateway.getKey().send(new Multicast(sessions, message.route(), message.body(), form));
		}
	}

}
