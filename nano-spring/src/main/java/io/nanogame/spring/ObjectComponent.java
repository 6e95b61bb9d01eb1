package io.nanogame.spring;

import java.lang.reflect.Method;
import java.util.List;

import io.nanogame.lane.Lane;
import io.nanogame.route.LaneSelector;
import io.nanogame.route.Request;
import io.nanogame.route.Route;
import io.nanogame.route.RouteHandler;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

/**
 * A component whose {@link Handler} methods are called on one of many objects, such as
 * the room that a player is in. Thread-safe.
 *
 * @see ObjectComponents
 */
public interface ObjectComponent extends LaneSelector {

	/**
	 * Returns the name of the component in routes.
	 * @return unique on this server
	 */
	String component();

	/**
	 * Returns the class of the objects.
	 * @return the class that declares or inherits the handlers
	 */
	Class<?> type();

	/**
	 * Returns the object that handles a message.
	 * @param request the message
	 * @return an instance of {@link #type()}, perhaps a proxy that is a subclass
	 * @throws io.nanogame.route.RequestException when there is no object for it
	 */
	Object target(Request request);

	/**
	 * Selects the lane of the object that handles the next message of a session.
	 * @param session the session
	 * @return null if there is no object for it
	 */
	@Override
	@Nullable Lane select(Session session);

	/**
	 * Wraps the call of a handler, inside of its interceptors.
	 * @param method the handler, as its class declares it
	 * @param call calls it
	 * @return the handler of the route
	 */
	RouteHandler around(Method method, RouteHandler call);

	/**
	 * Returns a route that the annotation of a handler determines.
	 * @param method the handler
	 * @return null if the handler is named as those of other components
	 */
	default @Nullable String route(Method method) {
		return null;
	}

	/**
	 * Returns routes that belong to no method.
	 * @return their names begin with that of the component
	 */
	default List<Route> more() {
		return List.of();
	}

}
