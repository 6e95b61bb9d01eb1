package io.nanogame.boot.autoconfigure.cluster;

import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ThreadLocalRandom;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.nanogame.node.Node;
import io.nanogame.route.Route;
import io.nanogame.server.GameServer;
import io.nanogame.service.Services;
import io.nanogame.session.SessionRegistry;
import io.nanogame.session.Sessions;

import org.springframework.beans.factory.ObjectProvider;
import org.springframework.beans.factory.SmartInitializingSingleton;

/**
 * Describes a server without a cluster as a node. Its components and services are set
 * after all beans are created, because components may inject {@code Nodes} themselves.
 */
final class LocalNode implements Supplier<Node>, SmartInitializingSingleton {

	private final Node initial;

	private final Sessions sessions;

	private final ObjectProvider<Services> services;

	private final ObjectProvider<GameServer> server;

	private volatile Set<String> components = Set.of();

	private volatile Set<String> serializers = Set.of();

	private volatile boolean complete;

	LocalNode(String name, NanoClusterProperties cluster, boolean gateway, Sessions sessions,
			ObjectProvider<Services> services, ObjectProvider<GameServer> server) {
		this.initial = new Node(name + "-" + Integer.toString(ThreadLocalRandom.current().nextInt(1 << 21), 36), name,
				cluster.label(), cluster.metadata(), Set.of(), Set.of(), Set.of(), Set.of(), gateway, false, 0);
		this.sessions = sessions;
		this.services = services;
		this.server = server;
	}

	@Override
	public void afterSingletonsInstantiated() {
		GameServer started = this.server.getIfAvailable();
		if (started != null) {
			this.components = started.routes()
				.names()
				.stream()
				.map(Route::component)
				.collect(Collectors.toCollection(TreeSet::new));
			this.serializers = SessionRegistry.of(this.sessions).allPayloads().forms();
		}
		this.complete = true;
	}

	@Override
	public Node get() {
		Services offered = this.complete ? this.services.getIfAvailable() : null;
		return new Node(this.initial.id(), this.initial.name(), this.initial.label(), this.initial.metadata(),
				this.components, (offered != null) ? offered.names() : Set.of(), this.serializers, Set.of(),
				this.initial.gateway(), false, this.sessions.count());
	}

}
