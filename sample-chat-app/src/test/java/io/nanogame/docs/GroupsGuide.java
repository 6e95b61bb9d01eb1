package io.nanogame.docs;

import java.util.List;

import io.nanogame.group.Group;
import io.nanogame.group.Groups;
import io.nanogame.lane.Lane;
import io.nanogame.lane.Lanes;
import io.nanogame.route.RequestException;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;

// tag::team[]
@GameComponent(name = "team", lane = "team") // one lane: nobody joins while somebody
												// leaves
class Teams {

	private final Groups groups;

	private final Lane lane;

	Teams(Groups groups, Lanes lanes) {
		this.groups = groups;
		this.lane = lanes.named("team");
	}

	@Handler
	List<String> join(Session session, Team team) {
		if (session.attributes().has("team")) {
			throw new RequestException(409, "leave your team first");
		}
		Group group = this.groups.get("team/" + team.name()); // made when there is none
		group.broadcast("onJoin", session.id()); // those who are there already
		group.add(session); // leaves by itself when the session closes
		session.attributes().set("team", group);
		session.onClose((closed) -> this.lane.execute(() -> closeIfEmpty(group)));
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
		session.attributes().remove("team");
		group.leave(session);
		closeIfEmpty(group);
	}

	private static void closeIfEmpty(Group group) {
		if (group.isEmpty() && !group.isClosed()) {
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
