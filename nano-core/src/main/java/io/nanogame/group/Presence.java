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
import io.nanogame.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Notifies listeners of members that come to a group and go. Events are recorded while
 * the group changes, so they have its order, and announced when it has changed, so
 * nothing a listener or its executor does can leave the group half changed.
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

	/** Any thread; the calls for one session must not overlap. */
	void joined(Session session) {
		if (!this.subscriptions.isEmpty()) {
			Member member = member(session);
			this.events.add((listener) -> listener.joined(this.group, member));
		}
	}

	/** As {@link #joined}. */
	void left(Session session) {
		if (!this.subscriptions.isEmpty()) {
			Member member = member(session);
			this.events.add((listener) -> listener.left(this.group, member));
		}
	}

	private static Member member(Session session) {
		return new Member(session.id(), session.uid());
	}

	/**
	 * Announces all that was recorded; when it returns, so are the events of the calling
	 * thread. Called from within an announcement it leaves them to that one.
	 */
	void announce() {
		boolean nothingToDo = this.subscriptions.isEmpty() && this.events.isEmpty();
		if (nothingToDo || this.announcing.isHeldByCurrentThread()) {
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
				this.executor.execute(() -> announceHere(event));
			}
			catch (RejectedExecutionException ex) {
				log.warn("A group listener missed a member, because its executor takes no task: {}", ex.getMessage());
			}
			catch (Throwable ex) {
				log.error("A group listener missed a member, because its executor failed", ex);
			}
		}

		private void announceHere(Consumer<GroupListener> event) {
			try {
				event.accept(this.listener);
			}
			catch (Throwable ex) {
				log.error("A group listener failed", ex);
			}
		}

	}

}
