package io.nanogame.sample.arena;

import java.util.concurrent.CompletionStage;

import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.spring.room.Rooms;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;

import org.springframework.security.access.prepost.PreAuthorize;

/**
 * What only admins can do.
 */
@GameComponent("admin")
class Admin {

	private final Rooms rooms;

	Admin(Rooms rooms) {
		this.rooms = rooms;
	}

	@Handler
	@PreAuthorize("hasRole('ADMIN')")
	CompletionStage<Void> close(@Valid CloseRoom request) { // on whatever node it is
		return this.rooms.close(request.room(), "closed by an admin");
	}

	record CloseRoom(@NotBlank String room) {
	}

}
