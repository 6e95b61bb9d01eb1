package io.nanogame.cluster.gateway;

import java.net.InetSocketAddress;

import io.nanogame.cluster.frame.AttributeCodec;
import io.nanogame.cluster.frame.BackendFrame.SessionSnapshot;
import io.nanogame.cluster.frame.ClientDescription;
import io.nanogame.cluster.frame.Frame;
import io.nanogame.cluster.frame.Login;
import io.nanogame.cluster.frame.Logins;
import io.nanogame.cluster.frame.SessionFrame.AttributeChanged;
import io.nanogame.cluster.frame.SessionFrame.LoginChanged;
import io.nanogame.cluster.frame.SessionFrame.SessionClosed;
import io.nanogame.cluster.frame.SessionFrame.SessionProbe;
import io.nanogame.cluster.wire.Outbox;
import io.nanogame.serialize.SerializationException;
import io.nanogame.session.CloseReason;
import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The copies of a session's state on other nodes: a node receives a snapshot before the
 * first message, and then the changes. Thread-safe.
 */
final class SessionCopies {

	private static final Logger log = LoggerFactory.getLogger(SessionCopies.class);

	private final Session session;

	private final Destinations destinations;

	private final Logins logins;

	private final AttributeCodec codec;

	/** Nodes are added under the lock of the attributes. */
	private final IntroducedNodes introduced = new IntroducedNodes();

	/** Whether the nodes that know this session were notified of its end. */
	private volatile boolean closed;

	SessionCopies(Session session, Destinations destinations, Logins logins, AttributeCodec codec) {
		this.session = session;
		this.destinations = destinations;
		this.logins = logins;
		this.codec = codec;
		SessionHandle.of(session).observeAttributes(this::attributeChanged);
	}

	IntroducedNodes nodes() {
		return this.introduced;
	}

	private ConnectionLoop loop() {
		return SessionHandle.of(this.session).connection().loop();
	}

	/**
	 * Sends the snapshot. Under the lock of the attributes, so that no change is missed
	 * between the snapshot and the changes. The attributes notify of a change under this
	 * lock, so a second one could be acquired in the wrong order.
	 */
	void introduceTo(String node, Outbox outbox) {
		synchronized (this.session.attributes()) {
			this.introduced.add(node);
			try {
				outbox.send(snapshot(), loop());
			}
			catch (RuntimeException ex) {
				this.introduced.remove(node);
				throw ex;
			}
		}
	}

	private SessionSnapshot snapshot() {
		InetSocketAddress address = (this.session.remoteAddress() instanceof InetSocketAddress known) ? known
				: ClientDescription.NO_ADDRESS;
		ClientDescription client = new ClientDescription(this.session.handshake(), address, this.session.transport(),
				this.session.queryParameters());
		return new SessionSnapshot(this.session.id(), client, this.session.uid(), login(),
				this.codec.encodeAll(this.session.attributes().state()));
	}

	private @Nullable Login login() {
		return this.logins.write(this.session.principal());
	}

	/** Sends a frame to all nodes that know the session, except one. */
	void send(String except, Frame frame) {
		byte[] bytes = frame.toBytes();
		for (String node : this.introduced.ids()) {
			if (!node.equals(except)) {
				this.destinations.to(node).send(bytes);
			}
		}
	}

	/** Sends a change of the game of this node. Under the lock of the attributes. */
	private void attributeChanged(String name, @Nullable Object value) {
		try {
			send("", new AttributeChanged(this.session.id(), name, this.codec.encode(value)));
		}
		catch (SerializationException ex) {
			log.warn("Attribute '{}' cannot be written, so only this node knows it: {}", name, ex.getMessage());
		}
	}

	/** Applies a change of another node, and sends it to the others. */
	void accept(String from, AttributeChanged change) {
		synchronized (this.session.attributes()) {
			SessionHandle.of(this.session).acceptAttribute(change.name(), change.value());
			send(from, change);
		}
	}

	/** Sends a login or logout by the game of this node. */
	void principalChanged() {
		synchronized (this.session.attributes()) {
			send("", new LoginChanged(this.session.id(), login()));
		}
	}

	/** Applies a login or logout on another node, and sends it to the others. */
	void accept(String from, LoginChanged change) {
		Login login = change.login();
		synchronized (this.session.attributes()) {
			SessionHandle.of(this.session).login().acceptPrincipal((login != null) ? this.logins.read(login) : null);
			send(from, change);
		}
	}

	/**
	 * Queries whether a node still knows the session. It is introduced again when the
	 * snapshot may be lost, because that is no reason to close the session.
	 */
	void probe(String node) {
		Outbox outbox = this.destinations.to(node);
		if (!this.session.isOpen() || this.introduced.isConfirmed(node)) {
			outbox.send(new SessionProbe(this.session.id()), loop());
		}
		else {
			introduceTo(node, outbox);
		}
	}

	/** Ensures that a node is notified of the end of the session. */
	void ensureKnownTo(String node) {
		Outbox outbox = this.destinations.to(node);
		if (this.session.isOpen() && !this.introduced.contains(node)) {
			introduceTo(node, outbox);
		}
		CloseReason reason = this.session.closeReason();
		if (reason != null) {
			outbox.send(new SessionClosed(this.session.id(), reason));
		}
	}

	/** Notifies the nodes that know the session of its end. */
	void close(CloseReason reason) {
		this.closed = true;
		send("", new SessionClosed(this.session.id(), reason));
	}

	/** Notifies a node that was introduced after {@link #close}. */
	void closeLate(Outbox outbox) {
		if (this.closed) {
			outbox.send(new SessionClosed(this.session.id(), CloseReason.CLIENT_CLOSED), loop());
		}
	}

}
