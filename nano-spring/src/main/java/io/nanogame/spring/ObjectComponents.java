package io.nanogame.spring;

import java.util.List;

/**
 * A bean with components whose handlers are called on many objects.
 */
@FunctionalInterface
public interface ObjectComponents {

	/**
	 * Returns the components. Called at startup.
	 * @return components with different names
	 */
	List<? extends ObjectComponent> components();

}
