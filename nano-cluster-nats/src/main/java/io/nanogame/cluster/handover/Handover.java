package io.nanogame.cluster.handover;

import java.time.Duration;
import io.nanogame.cluster.bus.Bus;
import io.nanogame.cluster.frame.ClaimFrame.SessionCommit;
import io.nanogame.cluster.frame.ClaimFrame.SessionDenied;
import io.nanogame.cluster.frame.ClaimFrame.SessionOffered;
import io.nanogame.cluster.frame.ClaimFrame.SessionNotArrived;
import io.nanogame.cluster.frame.ClaimFrame.SessionPart;
import io.nanogame.cluster.frame.ClaimFrame.SessionWanted;
import io.nanogame.cluster.frame.HandoverReceiver;
import io.nanogame.cluster.frame.SessionParked;
import io.nanogame.cluster.frame.MoveFrame.MoveOver;
import io.nanogame.cluster.frame.MoveFrame.PassedOn;
import io.nanogame.cluster.frame.MoveFrame.PathEnd;
import io.nanogame.cluster.frame.MoveFrame.PathEnded;
import io.nanogame.cluster.frame.MoveFrame.SessionMoved;
import io.nanogame.cluster.node.ClusterNodes;
import io.nanogame.cluster.peer.PayloadForms;
import io.nanogame.cluster.peer.Peers;
import io.nanogame.connection.ParkOffer;
import io.nanogame.connection.ParkedSession;
import io.nanogame.connection.TransportContext;
import io.nanogame.node.Node;
import io.nanogame.node.NodeListener;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import io.nanogame.session.SessionRegistry;
import io.nanogame.session.Sessions;
import io.nanogame.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * Moves sessions between this node and other gateways, when their clients resume on
 * another one. Thread-safe.
 */
public final class Handover implements HandoverReceiver, NodeListener, SessionListener {

	private final HandoverParts parts;

	private final Gateways gateways;

	private final Sessions sessions;

	private final PayloadForms forms;

	private final LeftSessions left;

	private final Arrivals arrivals;

	private final Pulls pulls;

	private final LoginMoves logins;

	/** Null until this node serves clients. */
	private volatile @Nullable Releases releases;

	/** Null until this node serves clients. */
	private volatile @Nullable ClientDrain drain;

	private volatile @Nullable TransportContext transport;

	/**
	 * Creates the moves of a node.
	 * @param parts the parts of the node
	 * @param bus the connection to the other nodes
	 * @param nodes the nodes of the cluster
	 * @param peers sends frames
	 * @param sessions the sessions of this node
	 * @param forms the forms of payloads
	 * @param time the time of this node
	 */
	public Handover(HandoverParts parts, Bus bus, ClusterNodes nodes, Peers peers, Sessions sessions,
			PayloadForms forms, TimeSource time) {
		this.parts = parts;
		this.sessions = sessions;
		this.forms = forms;
		this.gateways = new Gateways(bus, nodes, peers, time, this);
		this.left = new LeftSessions(time);
		this.arrivals = new Arrivals(this.gateways, parts, forms, this.left, sessions);
		this.pulls = new Pulls(this.gateways, this.arrivals);
		this.logins = new LoginMoves(this.gateways, this.pulls, parts, sessions);
	}

	/**
	 * Moves sessions from now on.
	 * @param transport the connections of this node
	 */
	public void start(TransportContext transport) {
		this.transport = transport;
		ClientDrain created = new ClientDrain(this.gateways, this::ownSessions, this::count, transport.leaving());
		this.drain = created;
		this.releases = new Releases(transport, this.gateways, this.parts, this.left, this.sessions, created);
		transport.join(this.pulls);
		SessionRegistry.of(this.sessions).logins().awaited().join(this.logins);
		this.sessions.addListener(this);
	}

	private int ownSessions() {
		return (int) this.sessions.all().stream().filter((session) -> this.parts.own().test(session.id())).count();
	}

	/**
	 * Returns the drain of the clients of this node.
	 * @return null if this node does not serve clients
	 */
	public @Nullable ClientDrain drain() {
		return this.drain;
	}

	/**
	 * Returns the number of sessions that move to this node, or from it, and of clients
	 * that wait for one.
	 * @return 0 when nothing is under way
	 */
	public int count() {
		return this.parts.moves().count() + this.pulls.count() + this.logins.count();
	}

	/** Repeats what may be lost. Several times every heartbeat. */
	public void sweep() {
		this.pulls.sweep();
		this.logins.sweep();
		ClientDrain present = this.drain;
		if (present != null) {
			present.step();
		}
	}

	/** Repeats the reports of moves. Once every heartbeat. */
	public void repeat() {
		this.arrivals.repeat();
		String self = this.gateways.self();
		this.parts.moves()
			.forEachLeft(self, (session, epoch, to) -> this.gateways.send(to, new PathEnded(session, epoch, self)));
		this.left.removeOld();
		this.parts.own().removeOld(this.gateways.nanoTime());
		Releases present = this.releases;
		if (present != null) {
			present.removeOld();
		}
	}

	/** The node ends: no login waits for a session of another gateway any more. */
	public void close() {
		this.logins.close();
	}

	@Override
	public void closed(Session session, CloseReason reason) {
		this.parts.own().ended(session.id(), this.gateways.nanoTime());
		this.parts.moves().ended(session.id());
		Releases present = this.releases;
		if (present != null) {
			present.closed(session.id(), reason);
		}
	}

	@Override
	public void up(Node node) {
		this.arrivals.up(node.id());
	}

	@Override
	public void down(Node node) {
		this.pulls.down(node.id());
		this.arrivals.down(node.id());
		this.parts.moves().numbers().forget(node.id());
		this.parts.moves().overTo(node.id()).forEach(this.parts::moveOver);
		Releases present = this.releases;
		if (present != null) {
			present.down(node.id());
		}
	}

	// At the owner of a session

	@Override
	public void wanted(String from, SessionWanted frame) {
		Releases present = this.releases;
		if (present != null) {
			present.wanted(from, frame);
		}
	}

	@Override
	public void committed(String from, SessionCommit frame) {
		Releases present = this.releases;
		if (present != null) {
			present.committed(from, frame);
		}
	}

	@Override
	public void pathEnd(String from, PathEnd frame) {
		if (this.arrivals.isReported(frame.session(), frame.epoch())) {
			this.parts.moves().pathBegun(frame.session(), from, frame.number());
			this.arrivals.settle(frame.session());
			return;
		}
		String next = this.parts.moves().pathEnd(frame.session(), frame.epoch(), from);
		if (next != null) {
			this.gateways.send(next, new PathEnded(frame.session(), frame.epoch(), from));
		}
	}

	@Override
	public void moveOver(String from, MoveOver frame) {
		if (this.parts.moves().over(frame.session(), frame.epoch())) {
			this.parts.moveOver(frame.session());
		}
	}

	@Override
	public void notArrived(String from, SessionNotArrived frame) {
		Releases present = this.releases;
		if (present != null) {
			present.notArrived(from, frame.claim());
		}
	}

	// At the next owner

	@Override
	public void parked(String from, SessionParked frame) {
		TransportContext present = this.transport;
		if (present == null || !this.gateways.allowMoves()) {
			return;
		}
		ParkedSession session = ParkedSession.accept(present, new ParkOffer(frame.token(), frame.uid(),
				frame.received(), frame.protocol(), Duration.ofMillis(frame.awayMillis())));
		if (session != null) {
			this.pulls.park(session, from);
		}
	}

	@Override
	public void denied(String from, SessionDenied frame) {
		this.pulls.denied(from, frame);
	}

	@Override
	public void offered(String from, SessionOffered frame) {
		this.pulls.offered(from, frame.claim(), frame.session());
	}

	@Override
	public void part(String from, SessionPart frame) {
		this.pulls.part(from, frame);
	}

	@Override
	public void pathEnded(String from, PathEnded frame) {
		if (this.arrivals.isReported(frame.session(), frame.epoch())) {
			this.parts.moves().pathEnded(frame.session(), frame.node());
			this.arrivals.settle(frame.session());
		}
		else if (from.equals(frame.node())) {
			// The report that the move is over may be lost.
			this.gateways.send(from, new MoveOver(frame.session(), frame.epoch()));
		}
	}

	@Override
	public void passedOn(String from, PassedOn push) {
		this.parts.moves()
			.passedOn(push.node(), push.number(), push.session(),
					() -> this.sessions.find(push.session())
						.filter((found) -> this.forms.mayPush(found.payloads(), push.form(), push.route()))
						.ifPresent((found) -> found.push(push.route(), push.body())));
	}

	// At all nodes

	@Override
	public void moved(String from, SessionMoved frame) {
		Releases present = this.releases;
		if (present != null) {
			present.arrived(from, frame.session());
		}
		if (!this.parts.own().test(frame.session())) {
			this.parts.backend().moved(frame.session(), frame.epoch(), from);
			this.parts.groups().moved(frame.session(), frame.groups(), frame.former(), from);
		}
		PathEnd end = new PathEnd(frame.session(), frame.epoch(), this.parts.moves().numbers().last());
		this.gateways.send(frame.former(), end);
		this.gateways.send(from, end);
	}

}
