package io.nanogame.boot.autoconfigure.actuate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import io.nanogame.connection.Traffic;
import io.nanogame.group.Groups;
import io.nanogame.lane.Timers;
import io.nanogame.route.Route;
import io.nanogame.server.GameServer;
import org.jspecify.annotations.Nullable;

import org.springframework.boot.actuate.endpoint.OperationResponseBody;
import org.springframework.boot.actuate.endpoint.annotation.Endpoint;
import org.springframework.boot.actuate.endpoint.annotation.ReadOperation;

/**
 * The state of the game server, at {@code /actuator/nano}. Contains counts and routes,
 * but no identities or payloads of players.
 */
@Endpoint(id = "nano")
public final class NanoEndpoint {

	private final GameServer server;

	private final Groups groups;

	private final Timers timers;

	public NanoEndpoint(GameServer server, Groups groups, Timers timers) {
		this.server = server;
		this.groups = groups;
		this.timers = timers;
	}

	/**
	 * Returns the state of the server. Thread-safe.
	 * @return a snapshot
	 */
	@ReadOperation
	public NanoDescriptor nano() {
		return new NanoDescriptor(this.server.isRunning() ? "running" : "stopped", ports(), connections(),
				this.server.sessions().count(), this.groups.count(), this.timers.count(), routes());
	}

	private Ports ports() {
		int first = this.server.port();
		Map<String, Integer> ports = new LinkedHashMap<>();
		for (String listener : this.server.listeners()) {
			int port = this.server.port(listener);
			if (port >= 0) {
				ports.put(listener, port);
			}
		}
		return new Ports((first >= 0) ? first : null, ports);
	}

	private Map<String, Long> connections() {
		Traffic traffic = this.server.traffic();
		Map<String, Long> connections = new LinkedHashMap<>();
		Labels.TRANSPORTS.forEach((transport) -> connections.put(transport, traffic.connections(transport)));
		return connections;
	}

	private List<RouteDescriptor> routes() {
		return this.server.routes().routes().stream().map(RouteDescriptor::of).toList();
	}

	/**
	 * The server.
	 *
	 * @param state {@code running} or {@code stopped}
	 * @param ports the bound ports, as fields of the server
	 * @param connections open connections by transport
	 * @param sessions open sessions
	 * @param groups open groups
	 * @param timers running timers
	 * @param routes the routes of the server
	 */
	public record NanoDescriptor(String state, @JsonUnwrapped Ports ports, Map<String, Long> connections, int sessions,
			int groups, int timers, List<RouteDescriptor> routes) implements OperationResponseBody {
	}

	/**
	 * The ports.
	 *
	 * @param port the bound port of the first listener, or null while stopped
	 * @param listeners the bound ports by the names of their listeners
	 */
	public record Ports(@Nullable Integer port, Map<String, Integer> listeners) {
	}

	/**
	 * A route.
	 *
	 * @param name the name of the route
	 * @param handler the method of the handler
	 * @param threading {@code lane} when it may block, else {@code event-loop}
	 * @param lane the lane of its component, or null
	 * @param concurrent whether messages of one session overlap
	 */
	public record RouteDescriptor(String name, String handler, String threading, @Nullable String lane,
			boolean concurrent) {

		static RouteDescriptor of(Route route) {
			return new RouteDescriptor(route.name(), route.origin(), Labels.of(route.threading()),
					(route.lane() != null) ? route.lane().name() : null, route.concurrent());
		}

	}

}
