package io.nanogame.game;

import java.util.List;

import io.nanogame.group.Group;
import io.nanogame.group.Groups;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import jakarta.validation.Valid;
import jakarta.validation.constraints.NotBlank;

/** A room, as in the README. */
@GameComponent
class Room {

	record Join(@NotBlank String name) {
	}

	record Members(List<String> members) {
	}

	record Chat(String name, String content) {
	}

	private final Group lobby;

	Room(Groups groups) {
		this.lobby = groups.create("lobby");
	}

	@Handler
	Members join(Session session, @Valid Join request) {
		session.bind(request.name());
		this.lobby.broadcast("onJoin", request);
		this.lobby.add(session);
		return new Members(this.lobby.memberIds());
	}

	@Handler
	void message(Chat message) {
		this.lobby.broadcast("onMessage", message);
	}

	@Handler
	void leave(Session session) {
		session.kick("goodbye");
	}

}
