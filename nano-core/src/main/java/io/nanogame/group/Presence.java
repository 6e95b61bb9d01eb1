package io.nanogame.group;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;

import io.nanogame.group.GroupListener.Member;
import io.nanogame.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Tells listeners who comes to a group and who goes. The group calls under its lock, so
 * that what listeners hear is in order.
 */
final class Presence {

	private static final Logger log = LoggerFactory.getLogger(Presence.class);

	private final Group group;

	private final List<Hearer> hearers = new CopyOnWriteArrayList<>();

	Presence(Group group) {
		this.group = group;
	}

	void add(GroupListener listener, Executor executor) {
		this.hearers.add(new Hearer(listener, executor));
	}

	void remove(GroupListener listener) {
		this.hearers.removeIf((hearer) -> hearer.listener == listener);
	}

	void joined(Session session) {
		if (!this.hearers.isEmpty()) {
			Member member = member(session);
			tell((listener) -> listener.joined(this.group, member));
		}
	}

	void left(Session session) {
		if (!this.hearers.isEmpty()) {
			Member member = member(session);
			tell((listener) -> listener.left(this.group, member));
		}
	}

	private static Member member(Session session) {
		return new Member(session.id(), session.uid());
	}

	private void tell(Consumer<GroupListener> event) {
		this.hearers.forEach((hearer) -> hearer.tell(event));
	}

	private record Hearer(GroupListener listener, Executor executor) {

		void tell(Consumer<GroupListener> event) {
			try {
				this.executor.execute(() -> tellHere(event));
			}
			catch (RejectedExecutionException ex) {
				log.warn("A group listener did not hear of a member, its executor takes no task: {}", ex.getMessage());
			}
		}

		private void tellHere(Consumer<GroupListener> event) {
			try {
				event.accept(this.listener);
			}
			catch (Throwable ex) {
				log.error("A group listener failed", ex);
			}
		}

	}

}
