package io.nanogame.group;

import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

import io.nanogame.group.GroupListener.Member;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifies listeners of members that join and leave a group. Events are recorded during a
 * change of the group, so they have the order of the changes. They are announced after
 * the change, so a failing listener or executor cannot leave the group inconsistent.
 */
final class Presence {

	private static final Logger log = LoggerFactory.getLogger(Presence.class);

	private final Group group;

	private final List<Subscription> subscriptions = new CopyOnWriteArrayList<>();

	private final Queue<Consumer<GroupListener>> events = new ConcurrentLinkedQueue<>();

	/** Held while events are announced; never taken by a broadcast. */
	private final ReentrantLock announcing = new ReentrantLock();

	Presence(Group group) {
		this.group = group;
	}

	void add(GroupListener listener, Executor executor) {
		this.subscriptions.add(new Subscription(listener, executor));
	}

	void remove(GroupListener listener) {
		this.subscriptions.removeIf((subscription) -> subscription.listener == listener);
	}

	/** Thread-safe; the calls for one session must not overlap. */
	void joined(Member member) {
		if (!this.subscriptions.isEmpty()) {
			this.events.add((listener) -> listener.joined(this.group, member));
		}
	}

	/** Thread-safe; the calls for one session must not overlap. */
	void left(Member member) {
		if (!this.subscriptions.isEmpty()) {
			this.events.add((listener) -> listener.left(this.group, member));
		}
	}

	/**
	 * Announces all recorded events. When it returns, the events of the calling thread
	 * have been announced; when it is called during an announcement, that one announces
	 * them.
	 */
	void announce() {
		boolean idle = this.subscriptions.isEmpty() && this.events.isEmpty();
		if (idle || this.announcing.isHeldByCurrentThread()) {
			return;
		}
		this.announcing.lock();
		try {
			Consumer<GroupListener> event;
			while ((event = this.events.poll()) != null) {
				for (Subscription subscription : this.subscriptions) {
					subscription.announce(event);
				}
			}
		}
		finally {
			this.announcing.unlock();
		}
	}

	private record Subscription(GroupListener listener, Executor executor) {

		void announce(Consumer<GroupListener> event) {
			try {
				this.executor.execute(() -> notifyListener(event));
			}
			catch (RejectedExecutionException ex) {
				log.warn("A group listener missed an event, because its executor rejected the task: {}",
						ex.getMessage());
			}
			catch (Throwable ex) {
				log.error("A group listener missed an event, because its executor failed", ex);
			}
		}

		private void notifyListener(Consumer<GroupListener> event) {
			try {
				event.accept(this.listener);
			}
			catch (Throwable ex) {
				log.error("A group listener failed", ex);
			}
		}

	}

}
