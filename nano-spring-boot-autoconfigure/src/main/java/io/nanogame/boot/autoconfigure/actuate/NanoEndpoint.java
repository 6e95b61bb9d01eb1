package io.nanogame.boot.autoconfigure.actuate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
 * The game server at a glance, at {@code /actuator/nano}. Numbers and the routes of the
 * code; no identity and no payload of any player.
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
	 * Looks at the server. Any thread.
	 * @return what is there right now
	 */
	@ReadOperation
	public NanoDescriptor nano() {
		int port = this.server.port();
		return new NanoDescriptor(this.server.isRunning() ? "running" : "stopped", (port >= 0) ? port : null,
				connections(), this.server.sessions().count(), this.groups.count(), this.timers.count(), routes());
	}

	private Map<String, Long> connections() {
		Traffic traffic = this.server.traffic();
		Map<String, Long> connections = new LinkedHashMap<>();
		Words.TRANSPORTS.forEach((transport) -> connections.put(transport, traffic.connections(transport)));
		return connections;
	}

	private List<RouteDescriptor> routes() {
		return this.server.routes().routes().stream().map(RouteDescriptor::of).toList();
	}

	/**
	 * The server.
	 *
	 * @param state {@code running} or {@code stopped}
	 * @param port the real game port, or null while stopped
	 * @param connections open connections by transport
	 * @param sessions open sessions
	 * @param groups open groups
	 * @param timers running timers
	 * @param routes what clients can call
	 */
	public record NanoDescriptor(String state, @Nullable Integer port, Map<String, Long> connections, int sessions,
			int groups, int timers, List<RouteDescriptor> routes) implements OperationResponseBody {
	}

	/**
	 * A route.
	 *
	 * @param name what clients call
	 * @param handler the method behind it
	 * @param threading {@code lane} when it may block, else {@code event-loop}
	 * @param lane the lane of its component, or null
	 * @param concurrent whether messages of one session overlap
	 */
	public record RouteDescriptor(String name, String handler, String threading, @Nullable String lane,
			boolean concurrent) {

		static RouteDescriptor of(Route route) {
			return new RouteDescriptor(route.name(), route.origin(), Words.of(route.threading()),
					(route.lane() != null) ? route.lane().name() : null, route.concurrent());
		}

	}

}
