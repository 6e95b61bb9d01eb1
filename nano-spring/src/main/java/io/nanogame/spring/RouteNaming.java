package io.nanogame.spring;

import java.lang.reflect.Method;

/**
 * Names the routes of {@link Handler} methods that do not declare one. A game with
 * existing clients can replace the default, for example by Go's {@code Room.Join}.
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
	 * Returns the default: the names of component and method, such as {@code room.join}.
	 * @return the default naming
	 */
	static RouteNaming lowerCamelCase() {
		return (component, method) -> component + "." + method.getName();
	}

}
