package io.nanogame.boot.autoconfigure.push;

import io.nanogame.group.Groups;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.test.RawClient;

/**
 * A game in which players log in by name.
 */
@GameComponent("seats")
class Seats {

	private final Groups groups;

	Seats(Groups groups) {
		this.groups = groups;
	}

	@Handler
	void take(Session session, String uid) {
		session.bind(uid);
	}

	@Handler
	void join(Session session, String group) {
		this.groups.get(group).add(session);
	}

	static RawClient player(int port, String uid) {
		RawClient client = RawClient.tcp(port).handshake().request(1, "seats.take", "\"" + uid + "\"");
		client.readResponse(1);
		return client;
	}

	static RawClient member(int port, String uid, String group) {
		RawClient client = player(port, uid).request(2, "seats.join", "\"" + group + "\"");
		client.readResponse(2);
		return client;
	}

}
