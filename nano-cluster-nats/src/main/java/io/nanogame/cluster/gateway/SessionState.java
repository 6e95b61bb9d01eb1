package io.nanogame.cluster.gateway;

import java.net.InetSocketAddress;

import io.nanogame.cluster.bus.LimitedLog;
import io.nanogame.cluster.frame.AttributeCodec;
import io.nanogame.cluster.frame.BackendFrame.SessionSnapshot;
import io.nanogame.cluster.frame.ClientDescription;
import io.nanogame.cluster.frame.PrincipalCodec;
import io.nanogame.cluster.frame.StateProperty;
import io.nanogame.session.Session;
import io.nanogame.session.SessionAlreadyBoundException;
import io.nanogame.session.SessionHandle;
import io.nanogame.session.SessionLogin;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;

/**
 * The state of a session of this node, as properties of frames. Thread-safe; changes of
 * attributes require the lock of the attributes.
 */
final class SessionState {

	private final LimitedLog log = new LimitedLog(LoggerFactory.getLogger(SessionState.class));

	private final Session session;

	private final StickyNodes chosen;

	private final PrincipalCodec principals;

	private final AttributeCodec codec;

	/** How often the session has moved to another gateway. */
	private volatile long moves;

	SessionState(Session session, StickyNodes chosen, PrincipalCodec principals, AttributeCodec codec) {
		this.session = session;
		this.chosen = chosen;
		this.principals = principals;
		this.codec = codec;
	}

	/** Continues the state of another gateway. */
	void movedHere(long count) {
		this.moves = count;
	}

	/** Another gateway continues the state. */
	void movesOn() {
		this.moves++;
	}

	/** Returns a snapshot for a node that reads and writes payloads in a form. */
	SessionSnapshot snapshot(long version, long changes, String form) {
		InetSocketAddress address = (this.session.remoteAddress() instanceof InetSocketAddress known) ? known
				: ClientDescription.NO_ADDRESS;
		ClientDescription client = new ClientDescription(this.session.handshake(), address, this.session.transport(),
				this.session.queryParameters(), form, this.moves);
		return new SessionSnapshot(this.session.id(), client, this.session.uid(), principal().login(),
				this.codec.encodeAll(this.session.attributes().state()), version, changes);
	}

	StateProperty.Attribute attribute(String name, @Nullable Object value) {
		return new StateProperty.Attribute(name, this.codec.encode(value));
	}

	StateProperty.Uid uid() {
		return new StateProperty.Uid(this.session.uid());
	}

	StateProperty.Principal principal() {
		return new StateProperty.Principal(this.principals.write(this.session.principal()));
	}

	void accept(StateProperty.Attribute attribute) {
		SessionHandle.of(this.session).acceptAttribute(attribute.name(), attribute.value());
	}

	/** Accepts a principal or the binding of a route. */
	void accept(StateProperty property) {
		if (property instanceof StateProperty.Principal principal) {
			login().acceptPrincipal((principal.login() != null) ? this.principals.read(principal.login()) : null);
		}
		else if (property instanceof StateProperty.RouteBinding binding) {
			this.chosen.bind(binding.component(), binding.node());
		}
	}

	/** Claims the uid, to which the game of this node has bound its copy. */
	void claim(StateProperty.Uid change) {
		String present = this.session.uid();
		if (present != null) {
			login().acceptUnbound(present);
		}
		accept(change);
	}

	/** A session that is bound to another uid keeps it. */
	void accept(StateProperty.Uid change) {
		String uid = change.uid();
		String present = this.session.uid();
		if (uid == null && present != null) {
			login().acceptUnbound(present);
		}
		else if (uid != null) {
			try {
				login().acceptBound(uid);
			}
			catch (SessionAlreadyBoundException ex) {
				this.log.warn("Another node has bound {} to another uid than this one; this one stays", this.session);
			}
		}
	}

	private SessionLogin login() {
		return SessionHandle.of(this.session).login();
	}

}
