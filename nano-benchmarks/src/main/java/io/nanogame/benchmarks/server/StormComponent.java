package io.nanogame.benchmarks.server;

import io.nanogame.group.Group;
import io.nanogame.group.Groups;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.spring.NonBlocking;

import org.springframework.context.annotation.Profile;

/** Sends to all members with a broadcast or with single pushes. */
@Profile("!gate")
@GameComponent("storm")
class StormComponent {

	record Storm(int messages, boolean broadcast) {
	}

	record News(String name, String text) {
	}

	private static final News NEWS = new News("Ada",
			"A line of chat as people write it, of some sixty letters in all.");

	private final Group members;

	StormComponent(Groups groups) {
		this.members = groups.create("members");
	}

	@Handler
	void join(Session session) {
		this.members.add(session);
	}

	/** Broadcasts the body unchanged. */
	@Handler
	@NonBlocking
	void broadcast(byte[] body) {
		this.members.broadcast("onBroadcast", body);
	}

	/** Broadcasts a message of a chat. */
	@Handler
	@NonBlocking
	void chat(News news) {
		this.members.broadcast("onChat", news);
	}

	/** Replies when all messages are sent. */
	@Handler
	void begin(Storm storm) {
		for (int i = 0; i < storm.messages(); i++) {
			if (storm.broadcast()) {
				this.members.broadcast("onNews", NEWS);
			}
			else {
				this.members.members().forEach((member) -> member.push("onNews", NEWS));
			}
		}
	}

}
