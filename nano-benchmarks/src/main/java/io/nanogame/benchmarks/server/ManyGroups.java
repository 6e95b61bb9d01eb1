package io.nanogame.benchmarks.server;

import io.nanogame.group.Group;
import io.nanogame.group.Groups;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.spring.NonBlocking;

/** Groups with four members each, and a handler that uses one of them. */
@GameComponent("groups")
class ManyGroups {

	record Join(int groups) {
	}

	record Find(String name) {
	}

	private final Groups groups;

	ManyGroups(Groups groups) {
		this.groups = groups;
	}

	/** Adds a session to every 25th group. */
	@Handler
	synchronized void join(Join join, Session session) {
		for (int i = (int) (session.id() % 25); i < join.groups(); i += 25) {
			String name = "group" + i;
			Group group = this.groups.find(name).orElseGet(() -> this.groups.create(name));
			group.add(session);
		}
	}

	/** Broadcasts to the group, and replies with the number of its members. */
	@Handler
	@NonBlocking
	int broadcast(Find find) {
		Group group = this.groups.get(find.name());
		group.broadcast("onBroadcast", find);
		return group.count();
	}

}
