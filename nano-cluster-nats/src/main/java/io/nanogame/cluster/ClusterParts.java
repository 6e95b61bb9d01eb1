package io.nanogame.cluster;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

import io.nanogame.cluster.backend.Backend;
import io.nanogame.cluster.backend.RemoteSession;
import io.nanogame.cluster.bus.Bus;
import io.nanogame.cluster.bus.BusReader;
import io.nanogame.cluster.bus.Subjects;
import io.nanogame.cluster.frame.FrameCodec;
import io.nanogame.cluster.frame.TravelCheck;
import io.nanogame.cluster.gateway.Destinations;
import io.nanogame.cluster.gateway.Router;
import io.nanogame.cluster.group.ClusterGroups;
import io.nanogame.cluster.group.GroupHost;
import io.nanogame.cluster.handover.Handover;
import io.nanogame.cluster.handover.HandoverParts;
import io.nanogame.cluster.move.Moves;
import io.nanogame.cluster.move.OwnSessions;
import io.nanogame.cluster.move.SharedPushes;
import io.nanogame.cluster.node.ClusterNodes;
import io.nanogame.cluster.node.Membership;
import io.nanogame.cluster.node.Ticker;
import io.nanogame.cluster.peer.PayloadForms;
import io.nanogame.cluster.peer.Peers;
import io.nanogame.cluster.peer.RequestTime;
import io.nanogame.cluster.peer.UsedForms;
import io.nanogame.cluster.push.ClusterPushes;
import io.nanogame.cluster.service.ClusterClaims;
import io.nanogame.cluster.service.ClusterServices;
import io.nanogame.cluster.user.ClusterUsers;
import io.nanogame.cluster.user.SessionQueries;
import io.nanogame.session.MessageReceiver;
import io.nanogame.session.SessionRegistry;
import io.nanogame.session.Sessions;
import io.nanogame.time.TimeSource;

/**
 * The parts of a node, connected with each other. A node starts and stops them.
 */
final class ClusterParts {

	private static final int HEARTBEATS_OF_A_LEASE = 5;

	private final ClusterSettings settings;

	private final Bus bus;

	final Ticker ticker;

	final OwnSessions own;

	final Moves moves = new Moves();

	final OwnNode self;

	final Peers peers;

	final Membership membership;

	final Router router;

	final Backend backend;

	final ClusterGroups groups;

	final ClusterUsers users;

	final ClusterPushes pushes;

	final ClusterServices services;

	final Handover handover;

	final LostMessages lost;

	final LeaveExchange leaving;

	/**
	 * Creates the parts of a node that is not announced to the others.
	 * @param settings the settings of the cluster
	 * @param identity the id of the node and of its sessions
	 * @param bus the connection to the other nodes
	 * @param threads the threads of the node
	 * @param server the server of the node
	 * @param hooks what the app determines
	 * @param receiver receives messages of sessions of other nodes
	 */
	ClusterParts(ClusterSettings settings, Identity identity, Bus bus, ClusterThreads threads, LocalServer server,
			ClusterHooks hooks, MessageReceiver receiver) {
		this.settings = settings;
		this.bus = bus;
		TimeSource time = server.timers().time();
		this.ticker = new Ticker(time, threads.later());
		Subjects subjects = new Subjects(settings.cluster(), identity.id());
		SessionRegistry registry = SessionRegistry.of(server.sessions());
		this.own = new OwnSessions(identity::owns);
		registry.checkAttributes(new TravelCheck(server.payloads()));
		BusReader reader = bus.newReader();
		FrameCodec codec = new FrameCodec(server.payloads());
		this.peers = new Peers(identity.id(), bus, reader, subjects, codec, settings.versions(), time);
		this.services = new ClusterServices(identity.id(), bus, reader, subjects, server.payloads(), this::announce,
				claims(identity.id(), subjects, time, threads.later()));
		PayloadForms forms = new PayloadForms(registry.allPayloads(),
				new UsedForms(this.own, server.payloads(), this::announce));
		SharedPushes shared = new SharedPushes(this.own, this.moves, this.peers, forms);
		this.self = new OwnNode(settings, identity, this.own, server.sessions(), this.services::names,
				forms.used()::own);
		this.membership = new Membership(bus, this.peers, subjects, this.self::describe, settings.membership(),
				new Ticker(time, threads.heartbeat()), registry.workers());
		RequestTime requestTime = new RequestTime(server.timers()::nanoTime, settings.requestTimeout().toNanos());
		this.router = new Router(destinations(hooks, server), registry, forms, hooks.principals(), requestTime,
				this.moves, this.own);
		this.backend = new Backend(this.peers, hooks.principals(), registry, forms, receiver, threads.sessions(),
				requestTime);
		GroupHost host = new GroupHost(shared, this.peers, this.backend.recipients(), registry, server.timers(),
				server.groups());
		this.groups = new ClusterGroups(host, threads.later());
		this.users = new ClusterUsers(registry, shared, this.peers, time,
				new SessionQueries(this.peers, subjects, time, settings.membership(), this::areAllConnected),
				RemoteSession::gatewayOf);
		this.pushes = new ClusterPushes(registry, forms, this.groups, nodes(), bus, this.peers, time);
		HandoverParts moving = new HandoverParts(this.own, this.moves, this.router.gatewayMoves(), this.backend.moves(),
				this.groups.moves(), this.users.moves(), codec);
		this.handover = new Handover(moving, bus, nodes(), this.peers, server.sessions(), forms, time);
		this.lost = new LostMessages(this.peers, this.router, this.backend, this.groups, this.users);
		this.leaving = new LeaveExchange(this::announceLeaving, this.peers, nodes(), this.router);
		connect(server.sessions(), forms.used(), threads.later());
	}

	/** Adds the parts that must know when other nodes or the bus change. */
	private void connect(Sessions sessions, UsedForms used, Executor later) {
		sessions.addListener(used);
		this.services.selectAmong(nodes());
		List.of(used, this.router, this.pushes, this.backend, this.groups, this.services, this.handover)
			.forEach(nodes()::addPart);
		nodes().onStopped(this.groups::stopped);
		this.membership.onHearing(this.router::hearing);
		this.bus.onReconnect(() -> later.execute(this.lost::compareAll));
	}

	private Destinations destinations(ClusterHooks hooks, LocalServer server) {
		return new Destinations(this.bus, nodes(), this.peers, hooks.strategy(), hooks.tracing(), server.payloads());
	}

	private ClusterClaims claims(String self, Subjects subjects, TimeSource time, Executor later) {
		Duration lease = this.settings.membership().heartbeat().multipliedBy(HEARTBEATS_OF_A_LEASE);
		return new ClusterClaims(self, this.bus.newLeases(subjects.claims(), lease), lease, time, later);
	}

	ClusterNodes nodes() {
		return this.membership.nodes();
	}

	/** Announces a change of this node. */
	void announce() {
		this.membership.changed();
	}

	/** Announces whether this node accepts no new sessions and calls. */
	private void announceLeaving(boolean now) {
		this.self.setLeaving(now);
		announce();
	}

	/** Returns whether all nodes have a connection to the bus, as far as it is known. */
	private boolean areAllConnected() {
		return this.bus.isStable(this.settings.membership().heartbeat()) && nodes().suspectCount() == 0;
	}

	/** Receives the messages of other nodes, and repeats the tasks of the parts. */
	void start(boolean servesClients) {
		this.peers.listen(new FrameDispatcher(this), this.membership::lost, this.lost::noticed);
		this.users.listen(servesClients);
		if (servesClients) {
			this.pushes.listen();
		}
		this.membership.start();
		new RepeatedTasks(this).start(this.ticker, this.settings);
	}

	/** Leaves for good, when services have replied. Blocks for a moment. */
	void close(Duration servicesPatience) {
		this.groups.endWindows();
		this.services.close(servicesPatience);
		this.membership.close();
		this.ticker.close();
		this.handover.close();
		this.users.close();
		this.pushes.close();
	}

}
