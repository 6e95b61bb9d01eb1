package io.nanogame.route;

import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The routes of a server. Immutable.
 */
public final class RouteTable {

	private final Map<String, Route> byName;

	/**
	 * Creates a table.
	 * @param routes routes with different names
	 * @throws DuplicateRouteException when two have the same name
	 */
	public RouteTable(Collection<Route> routes) {
		Map<String, Route> table = new LinkedHashMap<>();
		for (Route route : routes) {
			Route other = table.putIfAbsent(route.name(), route);
			if (other != null) {
				throw new DuplicateRouteException(other, route);
			}
		}
		this.byName = Collections.unmodifiableMap(table);
	}

	/**
	 * Finds a route.
	 * @param name the name
	 * @return the route, or null
	 */
	public @Nullable Route find(String name) {
		return this.byName.get(name);
	}

	public Collection<Route> routes() {
		return this.byName.values();
	}

	public Collection<String> names() {
		return this.byName.keySet();
	}

}
