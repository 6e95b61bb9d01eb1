package io.nanogame.game;

import io.nanogame.node.Nodes;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.user.Users;

/** Mail for players on any node, as in the cluster guide. */
@GameComponent
class Post {

	record Mail(String to, String text) {
	}

	private final Users users;

	private final Nodes nodes;

	Post(Users users, Nodes nodes) {
		this.users = users;
		this.nodes = nodes;
	}

	@Handler
	void login(Session session, String uid) {
		session.bind(uid);
	}

	@Handler
	int send(Mail mail) {
		this.users.push(mail.to(), "onMail", mail);
		return this.nodes.all().size();
	}

}
