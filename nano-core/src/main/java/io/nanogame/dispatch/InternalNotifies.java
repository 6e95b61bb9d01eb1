package io.nanogame.dispatch;

import java.time.Duration;
import java.util.Map;
import java.util.function.BooleanSupplier;

import io.nanogame.lane.Timers;
import io.nanogame.protocol.Message;
import io.nanogame.session.MessageReceiver;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;

/**
 * Notifies of the server itself in the name of a client, in the order of the messages of
 * the client. Thread-safe.
 */
public final class InternalNotifies {

	private static final byte[] NO_BODY = {};

	private final MessageReceiver receiver;

	private final Timers timers;

	/**
	 * Creates the notifies of a server.
	 * @param receiver receives them as those of clients
	 * @param timers the timers of the server
	 */
	public InternalNotifies(MessageReceiver receiver, Timers timers) {
		this.receiver = receiver;
		this.timers = timers;
	}

	/**
	 * Sends a notify without a body after all messages that were received.
	 * @param session a session whose client is connected to this server
	 * @param route the route
	 * @param before called directly before, on the loop of the session, so that no
	 * message is received between; must not block. False if it must not be sent
	 * @param isAlone whether it is sent in a moment in which no message of the session is
	 * in progress
	 * @param patience the time after which it is dropped
	 */
	public void send(Session session, String route, BooleanSupplier before, boolean isAlone, Duration patience) {
		new Notify(session, route, before, isAlone, this.timers.nanoTime() + patience.toNanos()).submit();
	}

	private final class Notify {

		private final Session session;

		private final String route;

		private final BooleanSupplier before;

		private final boolean isAlone;

		private final long deadlineNanos;

		Notify(Session session, String route, BooleanSupplier before, boolean isAlone, long deadlineNanos) {
			this.session = session;
			this.route = route;
			this.before = before;
			this.isAlone = isAlone;
			this.deadlineNanos = deadlineNanos;
		}

		void submit() {
			handle().connection().loop().execute(this::run);
		}

		private SessionHandle handle() {
			return SessionHandle.of(this.session);
		}

		private void run() {
			long now = InternalNotifies.this.timers.nanoTime();
			if (now - this.deadlineNanos > 0 || !this.session.isOpen()) {
				return;
			}
			if (this.isAlone && handle().queue().mailbox().size() > 0) {
				this.session.inOrder(this::submit);
			}
			else if (this.before.getAsBoolean()) {
				InternalNotifies.this.receiver.receive(this.session, Message.notify(this.route, NO_BODY), Map.of(), now,
						this.deadlineNanos);
			}
		}

	}

}
