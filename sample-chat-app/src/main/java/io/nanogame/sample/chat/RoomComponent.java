package io.nanogame.sample.chat;

import java.util.Objects;

import io.nanogame.group.Group;
import io.nanogame.group.Groups;
import io.nanogame.lane.Lane;
import io.nanogame.lane.Lanes;
import io.nanogame.route.RequestException;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import jakarta.validation.Valid;
import org.jspecify.annotations.Nullable;

import org.springframework.context.annotation.Profile;

/**
 * The rooms. All methods run on one lane, so that joining a room and closing an empty one
 * do not race, without a lock.
 */
@GameComponent(value = "room", lane = RoomComponent.LANE)
@Profile("!gate")
class RoomComponent implements SessionListener {

	static final String LANE = "room";

	/** Attribute: the name with which a user has joined. */
	private static final String NAME = "name";

	/** Attribute: the room a user is in. */
	private static final String ROOM = "room";

	private final Groups groups;

	private final Lane lane;

	RoomComponent(Groups groups, Lanes lanes) {
		this.groups = groups;
		this.lane = lanes.named(LANE);
	}

	/**
	 * Joins a room after leaving another one. A client that repeats the request, because
	 * it has received no response, stays in the room without another announcement.
	 */
	@Handler
	JoinResponse join(Session session, @Valid JoinRequest request) {
		if (session.uid() == null) {
			session.bind(String.valueOf(session.id()));
		}
		String name = request.nameOr("Guest " + session.id());
		String room = "room/" + request.roomOrLobby();
		if (!isMember(session, name, room)) {
			leaveRoom(session);
			session.attributes().set(NAME, name);
			enterRoom(session, name, this.groups.get(room));
		}
		return JoinResponse.success();
	}

	@Handler
	void message(Session session, @Valid ChatMessage message) {
		Group room = room(session);
		if (room == null) {
			throw new RequestException(409, "join a room first");
		}
		room.broadcast("onMessage", message.by(author(session, message)));
	}

	/** Leaves the room and kicks the client. */
	@Handler
	void leave(Session session) {
		leaveRoom(session);
		session.kick("left the room");
	}

	@Override
	public void closed(Session session, CloseReason reason) {
		this.lane.execute(() -> leaveRoom(session));
	}

	private void enterRoom(Session session, String name, Group room) {
		session.push("onMembers", new Members(room.members().stream().map(RoomComponent::name).toList()));
		room.broadcast("onNewUser", new UserChange(name + " has joined", name));
		if (room.add(session)) {
			session.attributes().set(ROOM, room.name());
		}
		else {
			room.closeIfEmpty();
		}
	}

	private void leaveRoom(Session session) {
		Group room = room(session);
		if (room == null) {
			return;
		}
		session.attributes().remove(ROOM);
		room.leave(session);
		room.broadcast("onUserLeft", new UserChange(name(session) + " has left", name(session)));
		room.closeIfEmpty();
	}

	private static boolean isMember(Session session, String name, String room) {
		return room.equals(session.attributes().get(ROOM, String.class))
				&& name.equals(session.attributes().get(NAME, String.class));
	}

	private @Nullable Group room(Session session) {
		String room = session.attributes().get(ROOM, String.class);
		return (room != null) ? this.groups.get(room) : null;
	}

	private static String name(Session session) {
		return session.attributes().getString(NAME);
	}

	/**
	 * Returns the name with which the user has joined. nano's own page joins without a
	 * name and sends one with each message.
	 */
	private static String author(Session session, ChatMessage message) {
		String joinedName = name(session);
		boolean guest = joinedName.startsWith("Guest ");
		return guest ? Objects.requireNonNullElse(message.name(), joinedName) : joinedName;
	}

}
