package io.nanogame.docs;

import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.nanogame.boot.autoconfigure.MergedMessage;
import io.nanogame.group.Group;
import io.nanogame.group.GroupListener;
import io.nanogame.group.Groups;
import io.nanogame.lane.Lanes;
import io.nanogame.route.RequestException;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;

import org.springframework.context.annotation.Bean;

// tag::team[]
@GameComponent("team")
class Teams {

	private final Groups groups;

	Teams(Groups groups) {
		this.groups = groups;
	}

	@Handler
	List<String> join(Session session, Team team) {
		if (session.attributes().has("team")) {
			throw new RequestException(409, "leave your team first");
		}
		String name = "team/" + team.name();
		Group group = this.groups.get(name); // created if there is none
		group.broadcast("onJoin", session.id()); // to the present members
		group.add(session); // removed when the session closes
		session.attributes().set("team", name); // the name is the same on all nodes
		session.onClose((closed) -> group.closeIfEmpty());
		return group.memberIds();
	}

	@Handler
	void shout(Session session, String text) {
		team(session).broadcast("onShout", text); // all members, including the sender
	}

	@Handler
	void whisper(Session session, String text) {
		team(session).multicast("onWhisper", text, (member) -> member.id() != session.id());
	}

	@Handler
	void leave(Session session) {
		Group group = team(session);
		session.attributes().remove("team");
		group.leave(session);
		group.closeIfEmpty();
	}

	private Group team(Session session) {
		return this.groups.find(session.attributes().getString("team"))
			.orElseThrow(() -> new RequestException(409, "join a team first"));
	}

}

record Team(String name) {
}
// end::team[]

// tag::presence[]
@GameComponent("lobby")
class Lobby implements GroupListener {

	private final Group lobby;

	private final Map<Long, String> present = new HashMap<>(); // used on the lane only

	Lobby(Groups groups, Lanes lanes) {
		this.lobby = groups.get("lobby");
		this.lobby.addListener(this, lanes.named("lobby"));
	}

	@Handler
	void enter(Session session) {
		this.lobby.add(session); // fails with 409 if it is a member
	}

	@Override
	public void joined(Group group, Member member) {
		this.present.put(member.sessionId(), String.valueOf(member.uid()));
		group.broadcast("onPresent", this.present.values());
	}

	@Override
	public void left(Group group, Member member) { // also when its connection has ended
		this.present.remove(member.sessionId());
		group.broadcast("onPresent", this.present.values());
	}

}
// end::presence[]

// tag::expiry[]
@GameComponent("party")
class Parties {

	private final Groups groups;

	Parties(Groups groups) {
		this.groups = groups;
	}

	@Handler
	void invite(Session session, String name) {
		Group party = this.groups.create(name); // fails with 409 if the name is taken
		party.expireAfter(Duration.ofMinutes(10));
		party.add(session);
	}

	@Handler
	void talk(Session session, Talk talk) {
		Group party = this.groups.find(talk.party()).orElseThrow(() -> new RequestException(404, "no such party"));
		party.renew(); // ten more minutes
		party.broadcast("onTalk", talk.text());
	}

}

record Talk(String party, String text) {
}
// end::expiry[]

class MergedRoutesGuide {

	// tag::merge[]
	@Bean
	MergedMessage danmaku() {
		return new MergedMessage("onDanmaku", DanmakuItems.class);
	}
	// end::merge[]

	/** Stands for a generated message. */
	private static final class DanmakuItems {

	}

}
