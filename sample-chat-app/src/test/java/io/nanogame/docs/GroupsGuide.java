package io.nanogame.docs;

import java.util.List;

import io.nanogame.group.Group;
import io.nanogame.group.Groups;
import io.nanogame.route.RequestException;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;

// tag::team[]
@GameComponent(name = "team", lane = "team")
class Teams {

	private final Groups groups;

	Teams(Groups groups) {
		this.groups = groups;
	}

	@Handler
	List<String> join(Session session, Team team) {
		Group group = this.groups.get("team/" + team.name()); // made when there is none
		session.attributes().set("team", group);
		group.broadcast("onJoin", session.id()); // those who are there already
		group.add(session); // leaves by itself when the session closes
		return group.memberIds();
	}

	@Handler
	void shout(Session session, String words) {
		team(session).broadcast("onShout", words); // everybody, the sender as well
	}

	@Handler
	void whisper(Session session, String words) {
		team(session).multicast("onWhisper", words, (member) -> member != session);
	}

	@Handler
	void leave(Session session) {
		Group group = team(session);
		group.leave(session);
		if (group.isEmpty()) {
			group.close();
		}
	}

	private static Group team(Session session) {
		Group team = session.attributes().get("team", Group.class);
		if (team == null) {
			throw new RequestException(409, "join a team first");
		}
		return team;
	}

}

record Team(String name) {
}
// end::team[]
