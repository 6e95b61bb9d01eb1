package io.nanogame.cluster.gateway;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongPredicate;

import io.nanogame.cluster.frame.AttributeCodec;
import io.nanogame.cluster.frame.GatewayFrame.MessageDone;
import io.nanogame.cluster.frame.GatewayFrame.MessageFate;
import io.nanogame.cluster.frame.GatewayFrame.Multicast;
import io.nanogame.cluster.frame.GatewayFrame.Push;
import io.nanogame.cluster.frame.GatewayFrame.Reply;
import io.nanogame.cluster.frame.GatewayFrame.SessionUnknown;
import io.nanogame.cluster.frame.GatewayFrame.StateChange;
import io.nanogame.cluster.frame.GatewayReceiver;
import io.nanogame.cluster.frame.MoveFrame.PassedOn;
import io.nanogame.cluster.frame.PeerReconnected;
import io.nanogame.cluster.frame.PrincipalCodec;
import io.nanogame.cluster.frame.SessionReceiver;
import io.nanogame.cluster.move.Moves;
import io.nanogame.cluster.peer.PayloadForms;
import io.nanogame.cluster.peer.RequestTime;
import io.nanogame.cluster.state.ChangeNumber;
import io.nanogame.dispatch.Refusal;
import io.nanogame.dispatch.UnknownRoute;
import io.nanogame.group.Members;
import io.nanogame.node.Node;
import io.nanogame.node.NodeListener;
import io.nanogame.protocol.Message;
import io.nanogame.route.Route;
import io.nanogame.session.MessageReceiver;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import io.nanogame.session.SessionRegistry;
import io.nanogame.session.Sessions;
import org.jspecify.annotations.Nullable;

/**
 * Sends messages of routes that this node does not have to the nodes that have them, and
 * their replies and pushes to the clients. Thread-safe.
 */
public final class Router implements MessageReceiver, GatewayReceiver, NodeListener {

	private final MessageReceiver unknown = new UnknownRoute();

	private final Destinations destinations;

	private final Sessions sessions;

	private final ForwardedSessions forwarded;

	private final SessionStates states;

	private final GatewayMoves gatewayMoves;

	private final PayloadForms forms;

	private final Moves moves;

	/**
	 * Creates a router.
	 * @param destinations the other nodes
	 * @param registry the sessions of this node
	 * @param forms the forms of payloads
	 * @param principals converts principals
	 * @param time the time of the server, and the time-out of requests
	 * @param moves the sessions that move to this node, or from it
	 * @param own recognises the sessions that this node owns, by their ids
	 */
	public Router(Destinations destinations, SessionRegistry registry, PayloadForms forms, PrincipalCodec principals,
			RequestTime time, Moves moves, LongPredicate own) {
		this.destinations = destinations;
		this.sessions = registry.sessions();
		this.forms = forms;
		this.moves = moves;
		this.forwarded = new ForwardedSessions(destinations, principals, new AttributeCodec(registry.payloads()), time,
				own);
		this.states = new SessionStates(this.sessions, this.forwarded, destinations);
		this.gatewayMoves = new GatewayMoves(this.forwarded);
		destinations.nodes().onListeningAgain(this::listensAgain);
		destinations.nodes().onAllKnown(this.forwarded::resumeWaiting);
		this.sessions.addListener(this.states);
		registry.logins().addObserver(this.states);
	}

	/**
	 * Returns the receiver of frames about sessions of this node.
	 * @return always the same object
	 */
	public SessionReceiver sessionStates() {
		return this.states;
	}

	/**
	 * Returns the moves of sessions from and to this node.
	 * @return always the same object
	 */
	public GatewayMoves gatewayMoves() {
		return this.gatewayMoves;
	}

	@Override
	public void receive(Session session, Message message, Map<String, String> headers, long receivedNanos,
			long deadlineNanos) {
		String component = Route.component(message.route());
		if (this.destinations.isUnknown(component)) {
			this.unknown.receive(session, message, headers, receivedNanos, deadlineNanos);
		}
		else if (!this.destinations.isHearing()) {
			// Another node may have the route, even if this one has not been notified.
			Refusal.submit(session, message, 503, "not connected to the other nodes", deadlineNanos);
		}
		else {
			ForwardedSession known = this.forwarded.of(session);
			if (known != null) {
				known.runs().add(SessionHandle.own(session), message, deadlineNanos);
			}
			else {
				Refusal.submit(session, message, 503, "the session has moved", deadlineNanos);
			}
		}
	}

	/**
	 * Sends a session's messages to a component to one node from now on, as long as that
	 * is up.
	 * @param session a session of this node
	 * @param component the component
	 * @param node the id of a node that has it; empty to let the strategy choose again
	 */
	public void bind(Session session, String component, String node) {
		ForwardedSession known = this.forwarded.of(session);
		if (known != null) {
			known.chosen().bind(component, node);
		}
	}

	/**
	 * Calls an action when the messages that are just being forwarded were sent.
	 * @param action must not block; called on any thread
	 */
	public void afterForwarded(Runnable action) {
		this.forwarded.afterCurrent(action);
	}

	/**
	 * Returns the nodes that handle messages of a session.
	 * @param session the id of a session
	 * @return completed by the loop of the session; with null if no other node knows it
	 */
	public CompletableFuture<@Nullable SessionRoutes> routes(long session) {
		ForwardedSession found = this.forwarded.find(session);
		if (found == null) {
			return CompletableFuture.completedFuture(null);
		}
		return CompletableFuture.supplyAsync(() -> SessionRoutes.of(found), found.loop()::execute);
	}

	/** Sends the reply on this thread, so that later pushes and the end follow it. */
	@Override
	public void reply(String from, Reply reply) {
		ForwardedSession session = this.forwarded.find(reply.session());
		if (session != null) {
			if (session.reports().reply(from, reply)) {
				session.loop().execute(() -> session.reports().replied(from, reply.sequence()));
			}
		}
	}

	@Override
	public void messageDone(String from, MessageDone done) {
		this.forwarded.execute(done.session(), (session) -> session.reports().handled(from, done.sequence()));
	}

	@Override
	public void messageFate(String from, MessageFate fate) {
		this.forwarded.execute(fate.session(),
				(session) -> session.reports().fate(from, fate.sequence(), fate.replied()));
	}

	@Override
	public void sessionUnknown(String from, SessionUnknown reply) {
		this.forwarded.execute(reply.session(), (session) -> session.reports().unknownTo(from, reply.sequence()));
	}

	@Override
	public void stateChange(String from, StateChange change) {
		if (this.states.accept(from, change) || !change.number().equals(ChangeNumber.NONE)) {
			// The node repeats a numbered change that the next gateway has not applied.
			return;
		}
		String next = this.moves.nextOf(change.session(), from);
		if (next != null) {
			this.destinations.to(next).send(change);
		}
		else {
			// The former gateway has passed it on before the session arrives.
			this.moves.passedOn(from, 0, change.session(), () -> this.states.accept(from, change));
		}
	}

	@Override
	public void push(String from, Push push) {
		push(from, push.session(), push.route(), push.body(), push.form());
	}

	private void push(String from, long session, String route, byte[] body, String form) {
		String next = this.moves.deliver(from, 0, session,
				() -> this.sessions.find(session)
					.filter((found) -> this.forms.mayPush(found.payloads(), form, route))
					.ifPresent((found) -> found.push(route, body)));
		if (next != null) {
			this.destinations.to(next).send(new PassedOn(session, from, 0, route, body, form));
		}
	}

	@Override
	public void multicast(String from, Multicast multicast) {
		String route = multicast.route();
		List<Session> members = new ArrayList<>(multicast.sessions().length);
		for (long id : multicast.sessions()) {
			if (this.moves.isMoving(id)) {
				push(from, id, route, multicast.body(), multicast.form());
				continue;
			}
			this.sessions.find(id)
				.filter((found) -> this.forms.mayPush(found.payloads(), multicast.form(), route))
				.ifPresent(members::add);
		}
		if (!members.isEmpty()) {
			new Members(members)
				.send(OutboundMessage.push(route, multicast.body(), this.forms.passing(multicast.form())));
		}
	}

	/** Queries and probes all nodes, because frames may be lost. */
	public void reconnected() {
		this.destinations.nodes().others().forEach(this::up);
		this.forwarded.executeAll(ForwardedSession::reconnected);
		this.forwarded.resumeWaiting();
	}

	/**
	 * Gives up the messages in flight when this node receives nothing.
	 * @param now false when it has received nothing for so long that other nodes consider
	 * it dead
	 */
	public void hearing(boolean now) {
		this.destinations.hearing(now);
		if (!now) {
			this.forwarded.executeAll(ForwardedSession::disconnected);
		}
		this.forwarded.resumeWaiting();
	}

	/** Messages to a node that was not subscribed may be lost. */
	private void listensAgain(String node) {
		this.forwarded.executeKnownTo(node, (session) -> session.queryDone(node));
		this.forwarded.resumeWaiting();
	}

	/**
	 * Probes the sessions that a node should know, because it may have considered this
	 * node dead and closed them, and queries the messages in flight, because reports of
	 * their ends may be lost.
	 * @param node the node
	 */
	public void peerReconnected(String node) {
		this.forwarded.executeKnownTo(node, (session) -> {
			session.copies().checks().probe(node);
			session.queryDone(node);
		});
	}

	/** The node may have been up all the time, and have sessions from before. */
	@Override
	public void up(Node node) {
		this.destinations.to(node.id()).send(new PeerReconnected());
		this.forwarded.resumeWaiting();
	}

	@Override
	public void changed(Node before, Node after) {
		this.forwarded.resumeWaiting();
	}

	@Override
	public void down(Node node) {
		this.forwarded.executeAll((session) -> session.nodeLost(node.id()));
		this.destinations.forget(node.id());
		this.forwarded.resumeWaiting();
	}

}
