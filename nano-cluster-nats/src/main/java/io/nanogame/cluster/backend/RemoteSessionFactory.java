package io.nanogame.cluster.backend;

import io.nanogame.cluster.frame.BackendFrame.SessionSnapshot;
import io.nanogame.cluster.frame.ClientDescription;
import io.nanogame.cluster.frame.MemberSnapshot;
import io.nanogame.cluster.peer.PayloadForms;
import io.nanogame.cluster.peer.Peers;
import io.nanogame.cluster.state.CopiedState;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import io.nanogame.session.SessionRegistry;

/**
 * Creates the sessions of clients that are connected to other nodes. Thread-safe.
 */
final class RemoteSessionFactory {

	private final SessionRegistry registry;

	private final PayloadForms forms;

	private final Peers peers;

	private final BackendLoops loops;

	private final EndedSessions ended;

	RemoteSessionFactory(SessionRegistry registry, PayloadForms forms, Peers peers, BackendLoops loops,
			EndedSessions ended) {
		this.registry = registry;
		this.forms = forms;
		this.peers = peers;
		this.loops = loops;
		this.ended = ended;
	}

	/** Creates a session that is only a recipient of messages, and not listed. */
	Session recipient(String gateway, MemberSnapshot member) {
		// If this node cannot write the form, the gateway drops the pushes to this
		// session.
		Payloads payloads = this.forms.passing(member.form());
		Session session = this.registry.createUnlisted(member.session(),
				connection(member.session(), ClientDescription.UNKNOWN, payloads, gateway), payloads, member.uid());
		member.attributes().forEach(SessionHandle.of(session)::acceptAttribute);
		return session;
	}

	/**
	 * Creates a session that is not open.
	 * @throws IllegalArgumentException when this node lacks the form of its payloads,
	 * which the gateway knows by the announcements of this node
	 */
	RemoteSession create(String gateway, SessionSnapshot snapshot) {
		ClientDescription client = snapshot.client();
		Payloads payloads = this.forms.find(client.form());
		if (payloads == null) {
			throw new IllegalArgumentException("This node has no serializer " + client.form());
		}
		GatewayConnection connection = connection(snapshot.session(), client, payloads, gateway);
		Session session = this.registry.create(snapshot.session(), connection, client.introduction(), payloads);
		return new RemoteSession(session, connection, new CopiedState(snapshot.version(), snapshot.changes()));
	}

	/** Turns a session of this node into one of another gateway. */
	RemoteSession moved(Session session, String gateway, SessionSnapshot snapshot) {
		ClientDescription client = snapshot.client();
		GatewayConnection connection = connection(session.id(), client, session.payloads(), gateway);
		SessionHandle.of(session).moveTo(connection);
		return new RemoteSession(session, connection, new CopiedState(snapshot.version(), 0));
	}

	/** Opens a session of {@link #create}. */
	void open(RemoteSession session) {
		this.registry.open(session.session());
	}

	private GatewayConnection connection(long session, ClientDescription client, Payloads payloads, String gateway) {
		return new GatewayConnection(session, client.withForm(this.forms.name(payloads)), gateway,
				this.peers.to(gateway), this.loops.of(session), this.ended);
	}

}
