package io.nanogame.spring;

import java.lang.reflect.Method;

/**
 * Names the routes of {@link Handler} methods that name none themselves. Besides the
 * default, a game whose clients are written already has a naming of its own, such as Go's
 * {@code Room.Join}.
 */
@FunctionalInterface
public interface RouteNaming {

	/**
	 * Names a route; called at startup.
	 * @param component the name of the component
	 * @param method the handler, as the class of the component declares it
	 * @return the route, 1 to 255 bytes in UTF-8
	 */
	String route(String component, Method method);

	/**
	 * Component and method as they are written: {@code room.join}.
	 * @return the default
	 */
	static RouteNaming lowerCamelCase() {
		return (component, method) -> component + "." + method.getName();
	}

}
