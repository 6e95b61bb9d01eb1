package io.nanogame.session;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Consumer;

import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The session listeners, in the order they were added. Thread-safe.
 */
final class SessionListeners {

	private static final Logger log = LoggerFactory.getLogger(SessionListeners.class);

	private final List<SessionListener> all = new CopyOnWriteArrayList<>();

	/** The listeners that override {@link SessionListener#binding}. */
	private final List<SessionListener> deciders = new CopyOnWriteArrayList<>();

	/** The listeners that override {@link SessionListener#resuming}. */
	private final List<SessionListener> resumeDeciders = new CopyOnWriteArrayList<>();

	void add(SessionListener listener) {
		this.all.add(listener);
		if (overrides(listener, "binding", Session.class, String.class)) {
			this.deciders.add(listener);
		}
		if (overrides(listener, "resuming", Session.class, Introduction.class)) {
			this.resumeDeciders.add(listener);
		}
	}

	private static boolean overrides(SessionListener listener, String method, Class<?>... parameters) {
		try {
			return listener.getClass().getMethod(method, parameters).getDeclaringClass() != SessionListener.class;
		}
		catch (NoSuchMethodException ex) {
			// A native image may not have the method.
			return true;
		}
	}

	void remove(SessionListener listener) {
		this.all.remove(listener);
		this.deciders.remove(listener);
		this.resumeDeciders.remove(listener);
	}

	boolean isEmpty() {
		return this.all.isEmpty();
	}

	/** Calls the listeners, each of which may reject the uid. */
	void binding(Session session, String uid) {
		if (!this.deciders.isEmpty() && session.handle.connection().loop().isCurrent()) {
			throw new IllegalStateException(
					"A SessionListener decides about uids, so bind must not be called on an event loop");
		}
		this.deciders.forEach((listener) -> listener.binding(session, uid));
	}

	void bound(Session session) {
		report((listener) -> listener.bound(session));
	}

	void unbound(Session session, String uid) {
		report((listener) -> listener.unbound(session, uid));
	}

	void principalChanged(Session session) {
		report((listener) -> listener.principalChanged(session));
	}

	boolean decideAboutResumes() {
		return !this.resumeDeciders.isEmpty();
	}

	/** Calls the listeners. Returns null, or the exception of one that has rejected. */
	@Nullable Throwable resuming(Session session, Introduction introduction) {
		try {
			this.resumeDeciders.forEach((listener) -> listener.resuming(session, introduction));
			return null;
		}
		catch (Throwable ex) {
			return ex;
		}
	}

	/** Notifies all listeners, whether or not some fail. */
	void report(Consumer<SessionListener> event) {
		for (SessionListener listener : this.all) {
			try {
				event.accept(listener);
			}
			catch (Throwable ex) {
				log.error("A session listener failed", ex);
			}
		}
	}

}
