package io.nanogame.session;

import java.net.SocketAddress;
import java.security.Principal;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;
import java.util.function.Consumer;
import java.util.function.Supplier;

import io.nanogame.lane.Lane;
import io.nanogame.limit.Names;
import io.nanogame.serialize.Payloads;
import org.jspecify.annotations.Nullable;

/**
 * The session of one client of this server or, in a cluster, of another one, from its
 * handshake until it is closed. Thread-safe; only {@link #bind} may block.
 */
public final class Session {

	private static final AtomicReferenceFieldUpdater<Session, CloseReason> CLOSE_REASON = AtomicReferenceFieldUpdater
		.newUpdater(Session.class, CloseReason.class, "closeReason");

	final long id;

	/** That of the newest client, if it has logged in to continue the session. */
	volatile Introduction handshake;

	final SessionRegistry registry;

	/** Changes only in the handshake. */
	volatile Payloads payloads;

	final SessionHandle handle;

	private volatile @Nullable Lane lane;

	private volatile @Nullable CloseReason closeReason;

	/** Created on first use, because most idle sessions need none. Guarded by this. */
	private volatile @Nullable Attributes attributes;

	/** A session that is not listed only stands for one of another server. */
	Session(long id, Connection connection, Introduction handshake, SessionRegistry registry, Payloads payloads,
			boolean listed, @Nullable String uid) {
		this.id = id;
		this.handshake = handshake;
		this.registry = registry;
		this.payloads = payloads;
		this.handle = new SessionHandle(this, connection, new SessionLogin(this, registry, listed, uid));
	}

	private SessionHandle handle() {
		return SessionHandle.of(this);
	}

	/** Returns this session, or the one that its client continues. */
	private Session current() {
		return handle().session();
	}

	/**
	 * Returns the id, which is unique on this server. Changes once if the client logs in
	 * to continue an older session, whose id it is from then on.
	 * @return a number above 0 that fits in the 53 bits of a JavaScript number
	 */
	public long id() {
		return current().id;
	}

	/**
	 * Returns the uid of the player.
	 * @return the uid to which the session is bound, or null
	 */
	public @Nullable String uid() {
		return handle().login().uid();
	}

	/**
	 * Binds this session to a player. A uid that a handshake validator sets takes effect
	 * when the session opens, any other immediately. Has no effect if the session is
	 * bound to the same uid. Blocks if a listener's {@code binding} does, and with
	 * {@link LoginPolicy#CONTINUE} while the older session comes from another node.
	 * @param uid the player's id, not empty, up to {@link Names#MAX_LENGTH} characters
	 * @return this session; with {@link LoginPolicy#CONTINUE} perhaps the older session
	 * of the player, which this object represents from now on
	 * @throws SessionAlreadyBoundException when the session is bound to another uid
	 * @throws LoginRefusedException when the player is known to be logged in and
	 * {@link LoginPolicy#REFUSE} is set, or when a listener refuses the uid
	 * @throws IllegalArgumentException when the uid is not valid
	 * @throws IllegalStateException when it may block, and is called on an event loop
	 * @see SessionListener#binding(Session, String)
	 */
	public Session bind(String uid) {
		return handle().login().bind(uid);
	}

	/** Removes the uid. The session can be bound to another one then. */
	public void unbind() {
		handle().login().unbind();
	}

	/** Returns the principal, or null. Handlers can take it as an argument. */
	public @Nullable Principal principal() {
		return handle().login().principal();
	}

	/**
	 * Sets the principal, and notifies listeners if it has changed.
	 * @param principal the principal; null after a logout
	 */
	public void principal(@Nullable Principal principal) {
		handle().login().principal(principal);
	}

	/**
	 * Pushes to the client immediately. Has no effect if the session is closed.
	 * @param route the client's listener
	 * @param payload an object for the session's serializer, a protobuf message, or
	 * {@code byte[]}
	 * @throws io.nanogame.serialize.SerializationException when the payload cannot be
	 * written
	 */
	public void push(String route, Object payload) {
		handle().connection().send(OutboundMessage.push(route, payload, payloads()));
	}

	/**
	 * Pushes a state that is created when the client can receive it. For a client that
	 * keeps up, or is connected to another node, that is now, on the calling thread.
	 * While a client has not read earlier messages, the push is held, and replaces a held
	 * one of the same route. The state is then created on the session's handler thread,
	 * in order with its messages, never on an event loop, and after pushes that were sent
	 * meanwhile. At most 256 pushes are held; one more closes the session.
	 * @param route the client's listener
	 * @param state creates the state, or returns null if there is nothing to push. Called
	 * at most once, and never if the push is replaced or the session closes. An
	 * exception, also of the serializer, is logged, and the push is lost
	 * @throws IllegalArgumentException when the route has more than 255 bytes
	 */
	public void pushLatest(String route, Supplier<? extends @Nullable Object> state) {
		pushLatest(route, null, state);
	}

	/**
	 * Pushes one of several states of a route.
	 * @param route as for {@link #pushLatest(String, Supplier)}
	 * @param key identifies the state, such as an object of the game: pushes of the route
	 * with an equal key replace each other. Null if the route has one state
	 * @param state as for {@link #pushLatest(String, Supplier)}
	 */
	public void pushLatest(String route, @Nullable Object key, Supplier<? extends @Nullable Object> state) {
		LatestPush push = new LatestPush(this, route, key, state);
		if (!push.hold()) {
			push.send();
		}
	}

	/**
	 * Replies to a deferred request. A reply to a former client of the session is not
	 * sent, although its request may be pending.
	 * @param messageId the id of the request
	 * @param payload as for {@link #push}
	 * @return false if no such request is pending, such as after its time-out
	 */
	public boolean respond(long messageId, Object payload) {
		return handle().reply(messageId, payload);
	}

	/**
	 * Returns the payloads, which write the values that are sent to this session.
	 * @return the server's payloads, those that a handshake validator has chosen, or
	 * those of the client's protocol; always the same object once the session is open
	 */
	public Payloads payloads() {
		return current().payloads;
	}

	/**
	 * Closes the session with a reason after which the client must not reconnect.
	 * @param message the reason, for the client
	 */
	public void kick(String message) {
		close(CloseReason.kick(message));
	}

	/** Closes the session after earlier pushes are sent. */
	public void close() {
		close(CloseReason.CLOSED);
	}

	/**
	 * Closes the session after all earlier pushes are sent.
	 * @param reason the reason; ignored if the session is closed already
	 */
	public void close(CloseReason reason) {
		Session closed = current();
		if (CLOSE_REASON.compareAndSet(closed, null, reason)) {
			closed.handle.closed(reason);
			this.registry.closed(closed);
		}
	}

	public boolean isOpen() {
		return current().closeReason == null;
	}

	/**
	 * Returns whether the client is connected, which in a cluster only its node knows.
	 * @return false if the session is closed, or was cut and may be resumed
	 */
	public boolean isConnected() {
		return isOpen() && handle().connection().isConnected();
	}

	/**
	 * Returns why the session was closed.
	 * @return the reason, or null while it is open
	 */
	public @Nullable CloseReason closeReason() {
		return current().closeReason;
	}

	/**
	 * Adds a listener for the end of this session, or of the one that it represents
	 * later. It is called on a worker thread after the messages that were received
	 * before; now if the session is closed. It may block.
	 * @param listener receives this session, or the one that it represents
	 */
	public void onClose(Consumer<Session> listener) {
		handle().addCloseAction(new OnClose(listener));
	}

	/** Returns the attributes, which belong to the game. */
	public Attributes attributes() {
		Session current = current();
		Attributes present = current.attributes;
		return (present != null) ? present : current.createAttributes();
	}

	@Nullable Attributes attributesOrNull() {
		return this.attributes;
	}

	private synchronized Attributes createAttributes() {
		if (this.attributes == null) {
			this.attributes = this.registry.newAttributes();
		}
		return this.attributes;
	}

	/** Returns what the client has sent about itself: type, version and user data. */
	public Introduction handshake() {
		return current().handshake;
	}

	/** Returns the client's address, as this server or a trusted PROXY header has it. */
	public SocketAddress remoteAddress() {
		return handle().connection().remoteAddress();
	}

	/** Returns {@code tcp}, {@code websocket} or {@code servlet}. */
	public String transport() {
		return handle().connection().transport();
	}

	/** Returns the decoded query parameters of a WebSocket's URL; empty for TCP. */
	public Map<String, List<String>> queryParameters() {
		return handle().connection().queryParameters();
	}

	/**
	 * Moves this session to a lane. From the next message on, its handlers run there,
	 * except those of components with a lane of their own.
	 * @param lane the lane; null to leave the current one
	 */
	public void moveTo(@Nullable Lane lane) {
		current().lane = lane;
	}

	/** Returns the lane to which this session was moved, or null. */
	public @Nullable Lane lane() {
		return current().lane;
	}

	/**
	 * Runs an action in order with this session's messages, on a worker or its lane.
	 * @param action the action, which may block; an exception is logged
	 */
	public void inOrder(Runnable action) {
		handle().queue().inOrder(action);
	}

	@Override
	public String toString() {
		return "Session[" + id() + "]";
	}

}
