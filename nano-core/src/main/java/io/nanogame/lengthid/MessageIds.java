package io.nanogame.lengthid;

import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

import io.nanogame.protocol.LengthIdFormat;
import io.nanogame.route.Route;
import io.nanogame.serialize.SerializationException;
import io.netty.util.collection.IntObjectHashMap;
import io.netty.util.collection.IntObjectMap;
import org.jspecify.annotations.Nullable;

/**
 * The ids of handlers, pushes and errors on one listener. An entry whose route has no
 * handler is the id of a push, or of a handler on another node. Immutable.
 */
public final class MessageIds {

	private final String key;

	private final Map<String, Long> byRoute;

	/** The unsigned id as an int. */
	private final IntObjectMap<String> routes = new IntObjectHashMap<>();

	/** The routes whose handlers declare no result. */
	private final Set<String> silent;

	private final @Nullable Long errorId;

	/**
	 * Checks and creates the ids.
	 * @param key the configuration key of the ids, for messages
	 * @param format determines the largest id
	 * @param ids the ids of handlers and pushes, by route
	 * @param errorId the id of errors; null to end the connection instead
	 * @param handlers the handlers of this server
	 * @throws InvalidMessageIdException when an id does not fit or belongs to two routes,
	 * or a component of this server has no such handler
	 */
	public MessageIds(String key, LengthIdFormat format, Map<String, Long> ids, @Nullable Long errorId,
			Collection<Route> handlers) {
		this.key = key;
		this.byRoute = Map.copyOf(ids);
		this.errorId = errorId;
		this.silent = handlers.stream()
			.filter((handler) -> handler.bodies().writer() == null)
			.map(Route::name)
			.collect(Collectors.toUnmodifiableSet());
		if (errorId != null) {
			checkFits("errors", errorId, format);
		}
		ids.forEach((route, id) -> add(route, id, format));
		checkHandlers(handlers);
	}

	private void add(String route, long id, LengthIdFormat format) {
		checkFits("'" + route + "'", id, format);
		String other = this.routes.put((int) id, route);
		if (other != null || isErrorId(id)) {
			throw new InvalidMessageIdException(this.key, "The id %d of '%s' is also the id of %s".formatted(id, route,
					(other != null) ? "'" + other + "'" : "errors"));
		}
	}

	private boolean isErrorId(long id) {
		return this.errorId != null && this.errorId == id;
	}

	private void checkFits(String what, long id, LengthIdFormat format) {
		if (id < 0 || id > format.maxId()) {
			throw new InvalidMessageIdException(this.key,
					"The id %d of %s does not fit into %d byte(s): it must be 0 to %d".formatted(id, what,
							format.idBytes(), format.maxId()));
		}
	}

	/** A route of a component of this server is not a push, and not on another node. */
	private void checkHandlers(Collection<Route> handlers) {
		Set<String> names = new HashSet<>();
		Set<String> components = new HashSet<>();
		for (Route handler : handlers) {
			names.add(handler.name());
			components.add(Route.component(handler.name()));
		}
		for (Map.Entry<String, Long> entry : this.byRoute.entrySet()) {
			String route = entry.getKey();
			if (route.indexOf('.') > 0 && !names.contains(route) && components.contains(Route.component(route))) {
				throw new InvalidMessageIdException(this.key,
						"The id %d is that of '%s', but the component '%s' has no such handler"
							.formatted(entry.getValue(), route, Route.component(route)));
			}
		}
	}

	/**
	 * Checks that pushes have an id.
	 * @param pushes the known routes of pushes
	 * @throws InvalidMessageIdException when one of them has none
	 */
	public void checkPushes(Collection<String> pushes) {
		for (String route : pushes) {
			if (!this.byRoute.containsKey(route)) {
				throw new InvalidMessageIdException(this.key, missing(route));
			}
		}
	}

	private String missing(String route) {
		return "The push '%s' has no id in the protocol %s; set '%s.%s'".formatted(route, LengthIdProtocol.NAME,
				this.key, route);
	}

	/** Returns the route of an id that a client has sent, or null. */
	@Nullable String route(long id) {
		return this.routes.get((int) id);
	}

	/**
	 * Returns the id of a handler or a push.
	 * @throws SerializationException when it has none
	 */
	long id(String route) {
		Long id = this.byRoute.get(route);
		if (id == null) {
			throw new SerializationException(missing(route), null);
		}
		return id;
	}

	boolean isSilent(String route) {
		return this.silent.contains(route);
	}

	@Nullable Long errorId() {
		return this.errorId;
	}

	/**
	 * Adds the ids that handlers declare to those of the configuration, which take
	 * precedence.
	 * @param declared the ids of handlers, by route
	 * @param configured the ids of the configuration, by route
	 * @return all ids
	 */
	public static Map<String, Long> merged(Map<String, Long> declared, Map<String, Long> configured) {
		Map<String, Long> all = new HashMap<>(declared);
		all.putAll(configured);
		return all;
	}

}
