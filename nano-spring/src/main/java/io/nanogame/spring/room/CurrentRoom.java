package io.nanogame.spring.room;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ObjectFactory;
import org.springframework.beans.factory.config.BeanFactoryPostProcessor;
import org.springframework.beans.factory.config.ConfigurableListableBeanFactory;

/**
 * Injects a room into the bean that is created for it: the one that this thread creates.
 */
public final class CurrentRoom implements BeanFactoryPostProcessor {

	private static final ThreadLocal<@Nullable Room<?>> CURRENT = new ThreadLocal<>();

	@Override
	public void postProcessBeanFactory(ConfigurableListableBeanFactory beans) {
		beans.registerResolvableDependency(Room.class, (ObjectFactory<Room<?>>) CurrentRoom::get);
	}

	private static Room<?> get() {
		Room<?> current = CURRENT.get();
		if (current == null) {
			throw new IllegalStateException(
					"A Room is injected only into a @GameRoom, which is created by Rooms, not by injecting it");
		}
		return current;
	}

	static <T> T call(Room<?> room, Supplier<T> creation) {
		CURRENT.set(room);
		try {
			return creation.get();
		}
		finally {
			CURRENT.remove();
		}
	}

}
