package io.nanogame.cluster.backend;

import java.util.function.Function;

import io.nanogame.cluster.frame.AttributeCodec;
import io.nanogame.cluster.frame.GatewayFrame.StateChange;
import io.nanogame.cluster.frame.PrincipalCodec;
import io.nanogame.cluster.frame.StateProperty;
import io.nanogame.cluster.state.ChangeNumber;
import io.nanogame.serialize.SerializationException;
import io.nanogame.session.LoginObserver;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The changes of sessions of other nodes by the game of this node, which are sent to
 * their gateways. Thread-safe.
 */
final class GameChanges implements SessionListener, LoginObserver {

	private static final Logger log = LoggerFactory.getLogger(GameChanges.class);

	private final RemoteSessions remote;

	private final PrincipalCodec principals;

	private final AttributeCodec codec;

	GameChanges(RemoteSessions remote, PrincipalCodec principals, AttributeCodec codec) {
		this.remote = remote;
		this.principals = principals;
		this.codec = codec;
	}

	/** Sends later changes of attributes. */
	void observe(RemoteSession session) {
		session.handle().observeAttributes((name, value) -> attributeChanged(session, name, value));
	}

	/** Sends the value of a property again. */
	void repeat(RemoteSession session, String key) {
		ChangeNumber number = session.numbers().repeat(key);
		try {
			send(session, property(session, key), number);
		}
		catch (SerializationException ex) {
			session.numbers().withdraw(key, number);
			log.warn("'{}' of a session cannot be written, so only this node knows it: {}", key, ex.getMessage());
		}
	}

	/** Returns the present value of a property. */
	StateProperty property(RemoteSession session, String key) {
		if (key.equals(StateProperty.Uid.KEY)) {
			return uid(session.session());
		}
		if (key.equals(StateProperty.Principal.KEY)) {
			return principal(session.session());
		}
		if (StateProperty.RouteBinding.isKey(key)) {
			String component = StateProperty.RouteBinding.component(key);
			return new StateProperty.RouteBinding(component, session.routes().getOrDefault(component, ""));
		}
		String name = StateProperty.Attribute.name(key);
		return new StateProperty.Attribute(name, this.codec.encode(session.session().attributes().state().get(name)));
	}

	private void attributeChanged(RemoteSession session, String name, @Nullable Object value) {
		try {
			send(session, new StateProperty.Attribute(name, this.codec.encode(value)));
		}
		catch (SerializationException ex) {
			log.warn("Attribute '{}' cannot be written, so only this node knows it: {}", name, ex.getMessage());
		}
	}

	@Override
	public void bound(Session session, String uid, boolean here) {
		if (here) {
			changed(session, GameChanges::uid);
		}
	}

	@Override
	public void unbound(Session session, String uid, boolean here) {
		if (here && session.isOpen()) {
			changed(session, GameChanges::uid);
		}
	}

	@Override
	public void principalChanged(Session session) {
		changed(session, this::principal);
	}

	/** Binds a component of a session to a node. */
	void bindRoute(Session session, StateProperty.RouteBinding binding) {
		RemoteSession known = this.remote.find(session.id());
		if (known != null) {
			synchronized (known.numbers()) {
				known.bindRoute(binding.component(), binding.node());
				send(known, binding);
			}
		}
		else {
			sendUnnumbered(session, binding);
		}
	}

	/**
	 * The property is read under the lock of its number, so the last one is sent last.
	 */
	private void changed(Session session, Function<Session, StateProperty> property) {
		RemoteSession known = this.remote.find(session.id());
		if (known != null && known.session() == session) {
			synchronized (known.numbers()) {
				send(known, property.apply(session));
			}
		}
		else {
			sendUnnumbered(session, property.apply(session));
		}
	}

	/** Sends a change of a session that is only known as a recipient. */
	private static void sendUnnumbered(Session session, StateProperty property) {
		GatewayConnection connection = RemoteSession.connectionOf(session);
		if (connection != null) {
			connection.send(new StateChange(session.id(), ChangeNumber.NONE, property));
		}
	}

	private static void send(RemoteSession session, StateProperty property) {
		synchronized (session.numbers()) {
			send(session, property, session.numbers().change(property.key()));
		}
	}

	private static void send(RemoteSession session, StateProperty property, ChangeNumber number) {
		try {
			session.send(new StateChange(session.id(), number, property));
		}
		catch (SerializationException ex) {
			session.numbers().withdraw(property.key(), number);
			throw ex;
		}
	}

	private static StateProperty uid(Session session) {
		return new StateProperty.Uid(session.uid());
	}

	private StateProperty principal(Session session) {
		return new StateProperty.Principal(this.principals.write(session.principal()));
	}

}
