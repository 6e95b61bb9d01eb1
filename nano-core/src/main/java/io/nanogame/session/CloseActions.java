package io.nanogame.session;

import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.Consumer;

import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The actions that run when a session is closed, in the order they were added. Guarded by
 * the {@link SessionHandle}.
 */
final class CloseActions {

	private static final Logger log = LoggerFactory.getLogger(CloseActions.class);

	private final Set<Consumer<Session>> actions = new LinkedHashSet<>(4);

	void add(Consumer<Session> action) {
		this.actions.add(action);
	}

	/** Removes an action, and returns whether none is left. */
	boolean remove(Consumer<Session> action) {
		this.actions.remove(action);
		return this.actions.isEmpty();
	}

	/** Runs all actions, whether or not some fail. */
	void run(Session closed) {
		this.actions.forEach((action) -> run(action, closed));
	}

	/**
	 * Runs the actions of the engine, because the client of a session continues another
	 * one, and passes those of the game on to that.
	 */
	void move(Session former, SessionHandle survivor) {
		for (Consumer<Session> action : this.actions) {
			if (action instanceof OnClose) {
				survivor.addCloseAction(action);
			}
			else {
				run(action, former);
			}
		}
	}

	static void run(Consumer<Session> action, Session closed) {
		try {
			action.accept(closed);
		}
		catch (Throwable ex) {
			log.error("An action at the close of a session failed", ex);
		}
	}

}
