package io.nanogame.cluster.node;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import io.nanogame.cluster.wire.LimitedLog;
import io.nanogame.lane.Mailbox;
import io.nanogame.lane.MailboxTask;
import io.nanogame.node.NodeListener;
import org.slf4j.LoggerFactory;

/**
 * The game's node listeners, called on the workers, one event after the other. They may
 * block: neither the messages of other nodes nor their signs of life wait for them.
 */
final class GameListeners {

	private final LimitedLog log = new LimitedLog(LoggerFactory.getLogger(GameListeners.class));

	private final List<NodeListener> listeners = new CopyOnWriteArrayList<>();

	private final Executor workers;

	private final Mailbox events = new Mailbox(() -> {
	});

	GameListeners(Executor workers) {
		this.workers = workers;
	}

	void add(NodeListener listener) {
		this.listeners.add(listener);
	}

	void remove(NodeListener listener) {
		this.listeners.remove(listener);
	}

	/** Any thread; does not block. */
	void call(Consumer<NodeListener> event) {
		if (!this.listeners.isEmpty()) {
			this.events.submit(new Event(event), null);
		}
	}

	private final class Event extends MailboxTask {

		private final Consumer<NodeListener> event;

		Event(Consumer<NodeListener> event) {
			this.event = event;
		}

		@Override
		protected Executor executor() {
			return GameListeners.this.workers;
		}

		@Override
		protected boolean run() {
			GameListeners.this.listeners.forEach((listener) -> ClusterNodes.call(listener, this.event));
			return true;
		}

		@Override
		protected boolean rejected(RejectedExecutionException ex) {
			GameListeners.this.log.warn("Node listeners missed an event, because there is no worker for them: {}",
					ex.getMessage());
			return true;
		}

	}

}
