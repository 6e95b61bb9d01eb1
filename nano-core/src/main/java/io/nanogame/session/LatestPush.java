package io.nanogame.session;

import java.util.function.Consumer;
import java.util.function.Supplier;

import io.nanogame.protocol.ClientText;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A push whose state is created when the client can receive it. For connections; games
 * call {@link Session#pushLatest}. Thread-safe.
 */
public final class LatestPush {

	private static final Logger log = LoggerFactory.getLogger(LatestPush.class);

	private final Session session;

	private final Key key;

	private final Supplier<? extends @Nullable Object> state;

	/**
	 * Creates a push.
	 * @param session the receiver
	 * @param route the client's listener
	 * @param key identifies one of several states of the route; null if there is one
	 * @param state creates the state; returns null if there is nothing to push
	 * @throws IllegalArgumentException when the route has more than 255 bytes
	 */
	public LatestPush(Session session, String route, @Nullable Object key, Supplier<? extends @Nullable Object> state) {
		OutboundMessage.checkRoute(route);
		this.session = session;
		this.key = new Key(route, key);
		this.state = state;
	}

	/**
	 * Returns the receiver.
	 * @return the session
	 */
	public Session session() {
		return this.session;
	}

	/**
	 * Returns the key of the pushes that replace each other while they are held.
	 * @return equal for these pushes of a session
	 */
	public Object key() {
		return this.key;
	}

	/**
	 * Holds the push if its client has not read earlier messages.
	 * @return false if the client keeps up, so that the caller sends the push now; true
	 * for a session that is closed
	 */
	public boolean hold() {
		return !this.session.isOpen() || SessionHandle.of(this.session).connection().hold(this);
	}

	/** Creates the state and sends it. Never throws; errors are logged. */
	public void send() {
		String route = this.key.route();
		send(route, this.state, (value) -> this.session.push(route, value));
	}

	/**
	 * Creates a state and sends it. Never throws; errors are logged.
	 * @param route the clients' listener
	 * @param state creates the state; returns null if there is nothing to push
	 * @param send sends the state
	 */
	public static void send(String route, Supplier<? extends @Nullable Object> state, Consumer<Object> send) {
		try {
			Object value = state.get();
			if (value != null) {
				send.accept(value);
			}
		}
		catch (Throwable ex) {
			log.error("A push to {} was lost, because its state could not be made or written",
					ClientText.printable(route), ex);
		}
	}

	private record Key(String route, @Nullable Object part) {

	}

}
