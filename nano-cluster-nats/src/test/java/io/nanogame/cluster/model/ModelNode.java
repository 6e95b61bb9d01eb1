package io.nanogame.cluster.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.nanogame.cluster.ClusterNode;
import io.nanogame.cluster.ClusterSettings;
import io.nanogame.cluster.ClusterThreads;
import io.nanogame.cluster.Identity;
import io.nanogame.cluster.bus.memory.MemoryBus;
import io.nanogame.cluster.frame.Logins;
import io.nanogame.cluster.node.MembershipSettings;
import io.nanogame.group.GroupSettings;
import io.nanogame.group.Groups;
import io.nanogame.group.MergedRoutes;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.memory.MemoryTransport;
import io.nanogame.observe.ServerEvents;
import io.nanogame.plain.JsonProtocol;
import io.nanogame.route.Route;
import io.nanogame.route.RouteHandler;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import io.nanogame.server.GameServer;
import io.nanogame.service.Services;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Sessions;
import io.nanogame.trace.Tracing;
import tools.jackson.databind.json.JsonMapper;

/**
 * A node of a {@link ModelCluster}.
 */
final class ModelNode {

	private static final JsonMapper JSON = JsonMapper.shared();

	final String name;

	final MemoryBus bus;

	final Sessions sessions;

	final ClusterNode cluster;

	final Groups groups;

	final Services services;

	private final Payloads payloads = new Payloads(new JsonSerializer(JSON));

	private final List<Route> routes = new ArrayList<>();

	private final ModelCluster owner;

	private final Executor workers;

	private final Lanes lanes;

	private final Timers timers;

	private MemoryTransport transport;

	ModelNode(ModelCluster owner, String name, int number, LoginPolicy policy) {
		this.owner = owner;
		this.name = name;
		this.bus = owner.network.connect();
		this.workers = owner.steps.pool();
		this.lanes = new Lanes(this.workers, 100_000);
		this.timers = new Timers(this.lanes.named("timer"), Duration.ofMillis(1), owner.time);
		Identity identity = new Identity(name, number);
		this.sessions = new Sessions(this.payloads, this.workers, 0, identity::nextSession, policy);
		ClusterThreads threads = new ClusterThreads(owner.steps.thread(), owner.steps.thread(), owner.steps.thread());
		Random random = owner.random;
		this.cluster = new ClusterNode(
				new ClusterSettings("model", name, "", Map.of(), MembershipSettings.of(ModelCluster.HEARTBEAT),
						ModelCluster.REQUEST_TIMEOUT),
				identity, this.bus, threads, this.payloads, this.sessions, this.timers,
				GroupSettings.of(0, MergedRoutes.NONE), Logins.NAMES,
				(session, component, candidates) -> candidates.get(random.nextInt(candidates.size())), Tracing.NONE);
		this.services = new Services(this.lanes, this.timers, ModelCluster.REQUEST_TIMEOUT, List.of(),
				ServerEvents.NONE, Tracing.NONE);
		this.services.join(this.cluster.services());
		this.groups = new Groups(this.cluster.groups()::open, this.cluster.groups().settings().size());
	}

	ModelNode route(String route, RouteHandler handler) {
		this.routes.add(Route.of(route, handler));
		return this;
	}

	/** Joins the cluster. */
	ModelNode start(boolean gateway) {
		GameServer server = GameServer.builder(this.payloads, this.lanes, this.sessions, this.timers)
			.routes(this.routes)
			.fallback(this.cluster::route)
			.protocols(List.of(new JsonProtocol(this.owner.limits(), this.payloads)))
			.listeners(List.of())
			.build();
		this.transport = new MemoryTransport(server.transport(), this.owner.steps.pool(), this.owner.time);
		this.cluster.start(server, gateway);
		server.start();
		return this;
	}

	ModelClient connect(Consumer<ModelClient.Frame> receiver) {
		return new ModelClient(this.transport, receiver);
	}

	/** Ends without a word, as a killed process. */
	void kill() {
		this.bus.close();
		this.owner.nodes.remove(this);
	}

}
