package io.nanogame.group;

import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

import io.nanogame.session.MergedRoute;
import org.jspecify.annotations.Nullable;

/**
 * The routes whose broadcasts are merged, by name. Thread-safe.
 */
public final class MergedRoutes {

	/** No merged routes. */
	public static final MergedRoutes NONE = new MergedRoutes(List.of());

	private final Map<String, MergedRoute> byName;

	/**
	 * Creates the merged routes of a server.
	 * @param routes routes with unique names
	 */
	public MergedRoutes(Collection<MergedRoute> routes) {
		this.byName = routes.stream().collect(Collectors.toUnmodifiableMap(MergedRoute::route, Function.identity()));
	}

	/**
	 * Returns whether there is no merged route.
	 * @return true for {@link #NONE}
	 */
	public boolean isEmpty() {
		return this.byName.isEmpty();
	}

	/**
	 * Finds a route.
	 * @param route its name
	 * @return the route, or null if its broadcasts are not merged
	 */
	public @Nullable MergedRoute find(String route) {
		return this.byName.get(route);
	}

}
