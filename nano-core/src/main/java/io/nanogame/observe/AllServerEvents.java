package io.nanogame.observe;

import java.net.SocketAddress;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Notifies all listeners, and never throws. Observers of the same thing are linked to
 * each other, so that a message costs no more than their calls. Thread-safe.
 */
final class AllServerEvents implements ServerEvents {

	private final List<Entry> entries;

	AllServerEvents(Collection<? extends ServerEvents> listeners) {
		this.entries = listeners.stream()
			.map((listener) -> new Entry(listener, new Guard(listener.getClass().getName())))
			.toList();
	}

	@Override
	public void sessionOpened(Session session) {
		notifyAll((listener) -> listener.sessionOpened(session));
	}

	@Override
	public void sessionDetached(Session session, CloseReason reason) {
		notifyAll((listener) -> listener.sessionDetached(session, reason));
	}

	@Override
	public void sessionResumed(Session session, long awayNanos, int resent) {
		notifyAll((listener) -> listener.sessionResumed(session, awayNanos, resent));
	}

	@Override
	public void sessionContinued(Session session, long former) {
		notifyAll((listener) -> listener.sessionContinued(session, former));
	}

	@Override
	public void sessionClosed(Session session, CloseReason reason) {
		notifyAll((listener) -> listener.sessionClosed(session, reason));
	}

	@Override
	public void connectionEnded(SocketAddress address, String transport, CloseReason reason) {
		notifyAll((listener) -> listener.connectionEnded(address, transport, reason));
	}

	private void notifyAll(Consumer<ServerEvents> event) {
		for (Entry entry : this.entries) {
			try {
				event.accept(entry.listener);
			}
			catch (Throwable ex) {
				entry.guard.failed(ex);
			}
		}
	}

	@Override
	public @Nullable MessageObserver messages() {
		return linked(ServerEvents::messages, GuardedMessageObserver::new);
	}

	@Override
	public @Nullable HandlerObserver handler(String route) {
		return linked((listener) -> listener.handler(route), GuardedHandlerObserver::new);
	}

	@Override
	public @Nullable CallObserver calls(String service) {
		return linked((listener) -> listener.calls(service), GuardedCallObserver::new);
	}

	/** Returns the first observer, which calls the others; null if there is none. */
	private <T> @Nullable T linked(Function<ServerEvents, @Nullable T> request, Link<T> link) {
		List<Entry> lastFirst = new ArrayList<>(this.entries);
		Collections.reverse(lastFirst);
		T first = null;
		for (Entry entry : lastFirst) {
			T observer = entry.observer(request);
			if (observer != null) {
				first = link.create(entry.guard, observer, first);
			}
		}
		return first;
	}

	private record Entry(ServerEvents listener, Guard guard) {

		/** Returns null also if the listener throws. */
		<T> @Nullable T observer(Function<ServerEvents, @Nullable T> request) {
			try {
				return request.apply(this.listener);
			}
			catch (Throwable ex) {
				this.guard.failed(ex);
				return null;
			}
		}

	}

	@FunctionalInterface
	private interface Link<T> {

		T create(Guard guard, T observer, @Nullable T next);

	}

}
