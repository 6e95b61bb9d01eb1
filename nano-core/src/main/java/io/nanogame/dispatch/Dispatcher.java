package io.nanogame.dispatch;

import java.util.Map;
import java.util.function.LongSupplier;

import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageType;
import io.nanogame.route.Route;
import io.nanogame.route.RouteTable;
import io.nanogame.session.MessageReceiver;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Dispatches each message to the handler of its route, in the order of its session.
 */
public final class Dispatcher implements MessageReceiver {

	private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

	private final RouteTable routes;

	private final MessageReceiver fallback;

	private final FailureHandling failures;

	private final LongSupplier nanoTime;

	/**
	 * Creates a dispatcher.
	 * @param routes the routes of this server
	 * @param fallback receives messages to unknown routes, and those that other servers
	 * handle
	 * @param failures maps exceptions of handlers to errors
	 * @param nanoTime the time of the server
	 */
	public Dispatcher(RouteTable routes, MessageReceiver fallback, FailureHandling failures, LongSupplier nanoTime) {
		this.routes = routes;
		this.fallback = fallback;
		this.failures = failures;
		this.nanoTime = nanoTime;
	}

	@Override
	public void receive(Session session, Message message, Map<String, String> headers, long receivedNanos,
			long deadlineNanos) {
		if (message.type() != MessageType.REQUEST && message.type() != MessageType.NOTIFY) {
			log.debug("Ignored a {} of {}: only servers send it", message.type(), session);
			return;
		}
		Route route = this.routes.find(message.route());
		SessionHandle handle = SessionHandle.own(session);
		if (route == null || handle.queue().isElsewhere(route.name())) {
			this.fallback.receive(session, message, headers, receivedNanos, deadlineNanos);
			return;
		}
		new Invocation(handle, message, headers, route, this, receivedNanos, deadlineNanos).submit();
	}

	long nanoTime() {
		return this.nanoTime.getAsLong();
	}

	FailureHandling failures() {
		return this.failures;
	}

}
