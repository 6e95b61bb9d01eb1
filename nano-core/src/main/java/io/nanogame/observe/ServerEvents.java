package io.nanogame.observe;

import java.net.SocketAddress;
import java.util.Collection;

import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * A listener for what the server does: for meters, logs and tools. It watches, and cannot
 * refuse or change anything.
 * <p>
 * All methods are called on event loops and workers, several at a time, and must not
 * block. Whatever they throw is logged and has no effect on the server. Those about a
 * session, and those of {@link #messages()}, are called on the event loop of its
 * connection, in the order in which things happen: {@link #sessionOpened} is the first
 * and {@link #sessionClosed} the last, or {@link #sessionContinued} if the client leaves
 * it to continue another one. That one may be on another loop. In a cluster the node to
 * which the client is connected calls them; methods of {@link #handler} and
 * {@link #calls} are called on the node of the handler and of the caller.
 * <p>
 * What happens with each message has observers of its own. They are requested once, so
 * that a message costs no look-up, and nothing if there is no observer.
 */
public interface ServerEvents {

	/** Ignores everything. */
	ServerEvents NONE = new ServerEvents() {
	};

	/**
	 * Called when a session has opened, before its first message is received.
	 * @param session the session; another thread may have closed it already
	 */
	default void sessionOpened(Session session) {
	}

	/**
	 * Called when the connection of a session was cut, and its client may resume it.
	 * @param session an open session
	 * @param reason how the connection has ended
	 */
	default void sessionDetached(Session session, CloseReason reason) {
	}

	/**
	 * Called when the client has resumed the session with another connection.
	 * @param session an open session; another thread may have closed it already
	 * @param awayNanos the time without a connection, in nanoseconds
	 * @param resent the number of packets that are sent again
	 */
	default void sessionResumed(Session session, long awayNanos, int resent) {
	}

	/**
	 * Called when the client of an opened session has logged in to continue an older one.
	 * {@link #sessionClosed} is not called for the session that it leaves.
	 * @param session the session that it continues; {@link #sessionResumed} follows when
	 * it has moved
	 * @param former the id of the session that it leaves
	 */
	default void sessionContinued(Session session, long former) {
	}

	/**
	 * Called once when the connection of a session ends. Messages that were received
	 * before may still be handled.
	 * @param session a session that was opened, and is closed now
	 * @param reason the reason, also that of the session
	 */
	default void sessionClosed(Session session, CloseReason reason) {
	}

	/**
	 * Called once when a connection ends that has not opened a session: the client was
	 * rejected, took too long, or disconnected.
	 * @param address the address of the client, as seen by this server
	 * @param transport {@code tcp}, {@code websocket}, {@code servlet} or {@code memory}
	 * @param reason the reason
	 */
	default void connectionEnded(SocketAddress address, String transport, CloseReason reason) {
	}

	/**
	 * Returns the observer of messages. Called once, when the server is built.
	 * @return an observer, or null if this listener does not need messages
	 */
	default @Nullable MessageObserver messages() {
		return null;
	}

	/**
	 * Returns the observer of a handler. Called once for each route, when the server is
	 * built.
	 * @param route the name of the route
	 * @return an observer, or null if this listener does not need this handler
	 */
	default @Nullable HandlerObserver handler(String route) {
		return null;
	}

	/**
	 * Returns the observer of the calls of a service by this node. Called once for each
	 * service, with its first caller.
	 * @param service the name of the service
	 * @return an observer, or null if this listener does not need these calls
	 */
	default @Nullable CallObserver calls(String service) {
		return null;
	}

	/**
	 * Combines listeners. The result never throws: the first failure of each listener is
	 * logged as an error, further ones at debug level.
	 * @param listeners notified in this order
	 * @return a listener that notifies all of them; its observers are null if no listener
	 * has one
	 */
	static ServerEvents of(Collection<? extends ServerEvents> listeners) {
		return new AllServerEvents(listeners);
	}

}
