package io.nanogame.cluster.gateway;

import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.nanogame.cluster.frame.BackendFrame.SessionSnapshot;
import io.nanogame.cluster.frame.BackendFrame.StateChanged;
import io.nanogame.cluster.frame.StateProperty;
import io.nanogame.cluster.peer.Outbox;
import io.nanogame.cluster.state.OwnedState;
import io.nanogame.serialize.SerializationException;
import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The copies of a session's state on other nodes: a node receives a snapshot before the
 * first message, and then the numbered changes. Thread-safe.
 */
final class SessionCopies {

	private static final Logger log = LoggerFactory.getLogger(SessionCopies.class);

	private final Session session;

	private final Destinations destinations;

	private final SessionState state;

	/**
	 * Nodes are added, changes numbered and frames sent under the lock of the numbers, so
	 * that each node receives them in order. No other lock is acquired under it.
	 */
	private final OwnedState numbers = new OwnedState();

	private final IntroducedNodes introduced = new IntroducedNodes();

	/** Whether another gateway owns the session. Guarded by the numbers. */
	private boolean left;

	private final SessionEnd end;

	private final CopyChecks checks;

	private final ReceivedChanges received;

	SessionCopies(Session session, Destinations destinations, SessionState state) {
		this.session = session;
		this.destinations = destinations;
		this.state = state;
		this.end = new SessionEnd(session, destinations, this.introduced);
		this.checks = new CopyChecks(session, destinations, this.numbers, this.introduced, this);
		this.received = new ReceivedChanges(session, state, this.numbers, this.introduced, this);
		SessionHandle.of(session).observeAttributes(this::attributeChanged);
	}

	/** Returns what reports the end of the session. */
	SessionEnd end() {
		return this.end;
	}

	/** Returns what compares the copies with the state. */
	CopyChecks checks() {
		return this.checks;
	}

	/** Returns what applies the changes of other nodes. */
	ReceivedChanges received() {
		return this.received;
	}

	/** Returns whether a node has received a snapshot, as far as it is known. */
	boolean isKnownTo(String node) {
		return this.introduced.contains(node);
	}

	/** Returns the number of the last introduction to a node; 0 if there was none. */
	int introduction(String node) {
		return this.introduced.number(node);
	}

	/** A node has handled a message, so it has received the snapshot. */
	void confirm(String node) {
		this.introduced.confirm(node);
	}

	/** Returns the nodes with a copy: a live view that is safe to iterate. */
	Set<String> nodes() {
		return this.introduced.ids();
	}

	/** Continues the copies of another gateway, which has one now, too. */
	void restore(SessionSnapshot snapshot, Map<String, Long> accepted) {
		synchronized (this.numbers) {
			this.state.movedHere(snapshot.client().moves());
			this.numbers.restore(snapshot.version(), accepted);
			accepted.keySet().forEach(this.introduced::add);
		}
	}

	/**
	 * Returns whether another gateway owns the session, so that no change is applied here
	 * any more. Under the lock of the numbers.
	 */
	boolean hasLeft() {
		return this.left;
	}

	/** Returns the number of the last change of each node with a copy. */
	Map<String, Long> accepted() {
		Map<String, Long> accepted = new HashMap<>();
		synchronized (this.numbers) {
			nodes().forEach((node) -> accepted.put(node, this.numbers.accepted(node)));
		}
		return accepted;
	}

	/** Sends a change that the game of this node made before it owned the session. */
	void publishEarlier(StateProperty property) {
		if (property instanceof StateProperty.Uid uid) {
			this.state.claim(uid);
			publishUid("", 0);
		}
		else {
			this.state.accept(property);
			publish(property, "", 0);
		}
	}

	/** Returns the number of the last change of the state. */
	long version() {
		synchronized (this.numbers) {
			return this.numbers.version();
		}
	}

	/**
	 * Removes a node that has no copy any more. Returns whether it had received the
	 * snapshot for certain.
	 */
	boolean remove(String node) {
		synchronized (this.numbers) {
			this.numbers.forget(node);
			return this.introduced.remove(node);
		}
	}

	ConnectionLoop loop() {
		return SessionHandle.of(this.session).connection().loop();
	}

	/**
	 * Sends a snapshot. The lock of the attributes is held, under which they are changed
	 * and their changes numbered, so the snapshot has the attributes of its version. The
	 * uid and the principal may be newer; their change follows.
	 */
	void introduceTo(String node, Outbox outbox) {
		synchronized (this.session.attributes()) {
			synchronized (this.numbers) {
				boolean isNew = !this.introduced.contains(node);
				this.introduced.add(node);
				try {
					send(this.state.snapshot(this.numbers.version(), this.numbers.accepted(node), form(node)), outbox,
							!isNew);
				}
				catch (RuntimeException ex) {
					if (isNew) {
						this.introduced.remove(node);
					}
					throw ex;
				}
			}
		}
	}

	/** Another gateway continues the copies. Returns a snapshot for it. */
	SessionSnapshot leave(String node) {
		synchronized (this.session.attributes()) {
			synchronized (this.numbers) {
				this.left = true;
				this.state.movesOn();
				return this.state.snapshot(this.numbers.version(), this.numbers.accepted(node), form(node));
			}
		}
	}

	/** Empty for a node without the form: it receives no messages of the session. */
	private String form(String node) {
		return Objects.requireNonNullElse(this.destinations.form(node, this.session.payloads()), "");
	}

	/**
	 * Sends a snapshot. A copy that was made when the state was shorter, and differs now,
	 * receives the attributes one by one if they are too long together.
	 */
	private void send(SessionSnapshot snapshot, Outbox outbox, boolean mayBeSplit) {
		try {
			outbox.send(snapshot, loop());
		}
		catch (SerializationException ex) {
			if (!mayBeSplit) {
				throw ex;
			}
			outbox.send(snapshot.withoutAttributes(), loop());
			snapshot.attributes().forEach(this::attributeChanged);
		}
	}

	/** Sends a change of the game of this node. Under the lock of the attributes. */
	private void attributeChanged(String name, @Nullable Object value) {
		try {
			publish(this.state.attribute(name, value), "", 0);
		}
		catch (SerializationException ex) {
			log.warn("Attribute '{}' cannot be written, so only this node knows it: {}", name, ex.getMessage());
		}
	}

	/** Sends the uid, which the game of this node has changed. */
	void uidChanged() {
		publishUid("", 0);
	}

	/** Sends the principal, which the game of this node has changed. */
	void principalChanged() {
		synchronized (this.numbers) {
			publish(this.state.principal(), "", 0);
		}
	}

	void publishUid(String origin, long own) {
		synchronized (this.numbers) {
			// The uid of this moment: a later change follows.
			publish(this.state.uid(), origin, own);
		}
	}

	/**
	 * Numbers a change and sends it to all nodes with a copy. A change that is too long
	 * for a message has no number, because the copies do not receive it. Has no effect
	 * when another gateway owns the session.
	 */
	void publish(StateProperty property, String origin, long own) {
		synchronized (this.numbers) {
			if (this.left) {
				return;
			}
			long version = this.numbers.version() + 1;
			if (this.introduced.contains(origin)) {
				this.destinations.to(origin).send(new StateChanged(this.session.id(), version, own, property));
			}
			byte[] frame = new StateChanged(this.session.id(), version, 0, property).toBytes();
			for (String node : this.introduced.ids()) {
				if (!node.equals(origin)) {
					this.destinations.to(node).send(frame);
				}
			}
			this.numbers.next();
		}
	}

}
