package io.nanogame.client;

import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A listener for parts of the state of a {@link ClientRoom}.
 *
 * @param <T> the type of the parts
 */
@FunctionalInterface
public interface RoomListener<T> {

	/**
	 * Called for each part that is added, changed or removed. Must not block.
	 * @param value the part; {@code null} if it was removed
	 * @param previous the part before; {@code null} if there was none
	 * @param names for each {@code *} of the pointer the name of the member, or the index
	 * of the item
	 */
	void changed(@Nullable T value, @Nullable T previous, List<String> names);

}
