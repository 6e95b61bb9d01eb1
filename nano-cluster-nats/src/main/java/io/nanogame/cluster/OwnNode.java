package io.nanogame.cluster;

import java.util.Set;
import java.util.TreeSet;
import java.util.function.LongPredicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

import io.nanogame.node.Node;
import io.nanogame.route.Route;
import io.nanogame.server.GameServer;
import io.nanogame.session.SessionRegistry;
import io.nanogame.session.Sessions;

/**
 * This node as it describes itself to the others. Thread-safe.
 */
final class OwnNode {

	private final ClusterSettings settings;

	private final Identity identity;

	private final LongPredicate own;

	private final Sessions sessions;

	private final Supplier<Set<String>> services;

	private final Supplier<Set<String>> clientSerializers;

	private volatile Set<String> components = Set.of();

	/** Known when the server is built, which adds its protocols. */
	private volatile Set<String> serializers = Set.of();

	private volatile boolean gateway;

	private volatile boolean leaving;

	/**
	 * Creates the description of a node without components.
	 * @param settings its name, label and metadata
	 * @param identity its id
	 * @param own recognises the sessions whose clients are connected to it
	 * @param sessions its sessions
	 * @param services returns the names of its services
	 * @param clientSerializers returns the forms of payloads that its clients have used
	 */
	OwnNode(ClusterSettings settings, Identity identity, LongPredicate own, Sessions sessions,
			Supplier<Set<String>> services, Supplier<Set<String>> clientSerializers) {
		this.settings = settings;
		this.identity = identity;
		this.own = own;
		this.sessions = sessions;
		this.services = services;
		this.clientSerializers = clientSerializers;
	}

	/** Sets what the node serves. */
	void start(GameServer server, boolean servesClients) {
		this.components = server.routes()
			.names()
			.stream()
			.map(Route::component)
			.collect(Collectors.toCollection(TreeSet::new));
		this.serializers = SessionRegistry.of(this.sessions).allPayloads().forms();
		this.gateway = servesClients;
	}

	/** Sets whether other nodes must not send new sessions and calls. */
	void setLeaving(boolean now) {
		this.leaving = now;
	}

	/** Returns the number of sessions whose clients are connected to this node. */
	int clients() {
		return (int) this.sessions.all().stream().filter((session) -> this.own.test(session.id())).count();
	}

	/** Returns the description of this moment. */
	Node describe() {
		return new Node(this.identity.id(), this.settings.name(), this.settings.label(), this.settings.metadata(),
				this.components, this.services.get(), this.serializers, this.clientSerializers.get(), this.gateway,
				this.leaving, this.sessions.count());
	}

}
