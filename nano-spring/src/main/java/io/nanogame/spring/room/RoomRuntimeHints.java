package io.nanogame.spring.room;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * Registers hints for what rooms send to clients and receive from them.
 */
final class RoomRuntimeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		new BindingReflectionHintsRegistrar().registerReflectionHints(hints.reflection(), StateCopy.StatePush.class,
				RoomClients.Left.class, RoomInfo.class, RoomRequest.class, ClientRooms.Page.class);
	}

}
