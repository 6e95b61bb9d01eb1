package io.nanogame.observe;

import io.nanogame.protocol.MessageType;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * Keeps the failures of an observer from the messages, and from the next observer.
 *
 * @param guard logs the failures
 * @param observer may throw
 * @param next never throws; null for the last one
 */
record GuardedMessageObserver(Guard guard, MessageObserver observer,
		@Nullable MessageObserver next) implements MessageObserver {

	@Override
	public void received(Session session, MessageType type, long id, String route, int length) {
		try {
			this.observer.received(session, type, id, route, length);
		}
		catch (Throwable ex) {
			this.guard.failed(ex);
		}
		if (this.next != null) {
			this.next.received(session, type, id, route, length);
		}
	}

	@Override
	public void sent(Session session, MessageType type, long id, String route, int length) {
		try {
			this.observer.sent(session, type, id, route, length);
		}
		catch (Throwable ex) {
			this.guard.failed(ex);
		}
		if (this.next != null) {
			this.next.sent(session, type, id, route, length);
		}
	}

}
