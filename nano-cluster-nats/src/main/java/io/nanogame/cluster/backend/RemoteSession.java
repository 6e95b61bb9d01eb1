package io.nanogame.cluster.backend;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;

import io.nanogame.cluster.frame.Frame;
import io.nanogame.cluster.frame.GatewayFrame.MessageFate;
import io.nanogame.cluster.frame.GatewayFrame.StateChange;
import io.nanogame.cluster.peer.Outbox;
import io.nanogame.cluster.state.CopiedState;
import io.nanogame.lane.Mailbox;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import org.jspecify.annotations.Nullable;

/**
 * A session whose client is connected to another node, with its connection to that node.
 * Thread-safe.
 */
public final class RemoteSession {

	private final SessionHandle handle;

	private final GatewayConnection connection;

	/** Guarded by itself. No other lock is acquired under it. */
	private final CopiedState numbers;

	private final ReceivedMessages received = new ReceivedMessages();

	private volatile Consumer<Session> closeAction = (closed) -> {
	};

	/** The nodes to which this node has bound components. Guarded by the numbers. */
	private Map<String, String> routes = Map.of();

	RemoteSession(Session session, GatewayConnection connection, CopiedState numbers) {
		this.handle = SessionHandle.of(session);
		this.connection = connection;
		this.numbers = numbers;
	}

	/**
	 * Returns the connection of a session to its gateway.
	 * @return null for a session of this node
	 */
	static @Nullable GatewayConnection connectionOf(Session session) {
		return (SessionHandle.of(session).connection() instanceof GatewayConnection connection) ? connection : null;
	}

	/**
	 * Returns the node to which the client of a session is connected.
	 * @param session any session
	 * @return the id of the node; null for a session of this node
	 */
	public static @Nullable String gatewayOf(Session session) {
		GatewayConnection connection = connectionOf(session);
		return (connection != null) ? connection.gateway() : null;
	}

	long id() {
		return session().id();
	}

	Session session() {
		return this.handle.session();
	}

	/** Returns the received messages. Confined to the thread that reads. */
	ReceivedMessages received() {
		return this.received;
	}

	CopiedState numbers() {
		return this.numbers;
	}

	SessionHandle handle() {
		return this.handle;
	}

	/** Adds what happens at the end of the session. Once. */
	void onClose(Consumer<Session> action) {
		this.closeAction = action;
		this.handle.addCloseAction(action);
	}

	/** Removes what happens at the end of the session: it is no copy any more. */
	void leave() {
		this.handle.removeCloseAction(this.closeAction);
	}

	/** Returns the bindings of this node. Under the lock of the numbers. */
	Map<String, String> routes() {
		return this.routes;
	}

	/** Binds a component to a node. Under the lock of the numbers. */
	void bindRoute(String component, String node) {
		Map<String, String> bound = new HashMap<>(this.routes);
		bound.put(component, node);
		this.routes = bound;
	}

	String gateway() {
		return this.connection.gateway();
	}

	/** Returns how often the session has moved, as far as it is known. */
	long moves() {
		return this.connection.moves();
	}

	/** See {@link GatewayConnection#moveTo(String, Outbox, long)}. */
	boolean moveTo(String gateway, Outbox outbox, long moves) {
		return this.connection.moveTo(gateway, outbox, moves);
	}

	BackendLoop loop() {
		return this.connection.loop();
	}

	/** Sends a change to the gateway. */
	void send(StateChange change) {
		this.connection.send(change);
	}

	/** Sends a frame to the gateway, unless that has closed the session. */
	void sendIfOpen(Frame frame) {
		if (!this.connection.isClosed()) {
			this.connection.sendSoon(frame);
		}
	}

	/** Reports to the gateway when all messages up to this one are handled. */
	void mark(long sequence) {
		this.handle.queue().mailbox().submit(new Marker(this, sequence), loop());
	}

	/**
	 * Reports the same, and the reply, because the gateway may not have received both.
	 */
	void markAgain(long sequence) {
		this.handle.queue().mailbox().submit(new Marker(this, sequence) {

			@Override
			protected boolean run() {
				if (RemoteSession.this.connection.hasReplied(sequence)) {
					sendIfOpen(new MessageFate(id(), sequence, true));
				}
				return super.run();
			}

		}, loop());
	}

	/** Closes the session, which the gateway has closed or lost. */
	void closedByGateway(CloseReason reason) {
		this.connection.closedByGateway();
		session().close(reason);
	}

	/** Fails the messages whose deadlines have passed. */
	void expire(long nowNanos) {
		loop().execute(() -> this.handle.queue().expire(nowNanos));
	}

	/** Returns the number of its messages that are queued or handled here. */
	int messages() {
		return this.handle.queue().messages();
	}

	/**
	 * Starts its tasks when those of an earlier copy are done. Called before it is
	 * opened.
	 */
	void startAfter(RemoteSession earlier) {
		Mailbox mailbox = this.handle.queue().mailbox();
		mailbox.submit(new EarlierCopy(mailbox, earlier.handle.queue().mailbox()), null);
	}

	/**
	 * Returns whether no task is queued or runs, such as the handler of a request that
	 * has timed out.
	 */
	boolean isIdle() {
		return this.handle.queue().mailbox().size() == 0 && !isBusy();
	}

	boolean isBusy() {
		return this.handle.queue().backlog() > 0;
	}

}
