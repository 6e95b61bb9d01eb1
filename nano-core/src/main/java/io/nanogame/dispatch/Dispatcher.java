package io.nanogame.dispatch;

import java.util.Map;
import java.util.function.LongSupplier;

import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageType;
import io.nanogame.route.Route;
import io.nanogame.route.RouteTable;
import io.nanogame.session.MessageReceiver;
import io.nanogame.session.Session;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Brings each message to the handler of its route, in the order of its session.
 */
public final class Dispatcher implements MessageReceiver {

	private static final Logger log = LoggerFactory.getLogger(Dispatcher.class);

	private final RouteTable routes;

	private final MessageReceiver fallback;

	private final FailureHandling failures;

	private final LongSupplier nanoTime;

	/**
	 * A dispatcher.
	 * @param routes the routes of this server
	 * @param fallback takes the messages of routes that are not there
	 * @param failures what becomes of exceptions
	 * @param nanoTime the time of its server
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
			log.debug("{} sent a {}, which only servers do; ignored", session, message.type());
			return;
		}
		Route route = this.routes.find(message.route());
		if (route == null) {
			this.fallback.receive(session, message, headers, receivedNanos, deadlineNanos);
			return;
		}
		new Invocation(session, message, headers, route, this, receivedNanos, deadlineNanos).submit();
	}

	long nanoTime() {
		return this.nanoTime.getAsLong();
	}

	FailureHandling failures() {
		return this.failures;
	}

}
