package io.nanogame.docs;

import io.nanogame.session.CloseReason;
import io.nanogame.session.LoginRefusedException;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import io.nanogame.session.Sessions;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.stereotype.Component;

// tag::login[]
@GameComponent("account")
class Account {

	@Handler
	void login(Session session, Login login) {
		session.unbind(); // a guest logs in to an account
		session.bind(login.uid());
	}

}

record Login(String uid) {
}
// end::login[]

record Welcome(String room) {
}

@GameComponent("counter")
class CounterComponent {

	// tag::continue[]
	@Handler
	Welcome enter(Session session, Login login) {
		Session player = session.bind(login.uid()); // perhaps the older session
		return new Welcome(player.attributes().getString("room")); // empty for a new one
	}
	// end::continue[]

	// tag::attributes[]
	@Handler
	int count(Session session) {
		int count = session.attributes().getInt("count") + 1; // 0 if there is none
		session.attributes().set("count", count);
		return count;
	}
	// end::attributes[]

}

record Mail(String to, String text) {
}

@GameComponent("mail")
class MailComponent {

	private final Sessions sessions;

	MailComponent(Sessions sessions) {
		this.sessions = sessions;
	}

	// tag::push[]
	@Handler
	void send(Mail mail) {
		this.sessions.findByUid(mail.to()).forEach((receiver) -> receiver.push("onMail", mail));
	}
	// end::push[]

	// tag::onClose[]
	@Handler
	void notifyWhenGone(Session session) {
		session.onClose((closed) -> send(new Mail("admin", closed + " has gone: " + closed.closeReason())));
	}
	// end::onClose[]

}

// tag::binding[]
@Component
class BanList implements SessionListener {

	@Override
	public void binding(Session session, String uid) { // may query a database
		if (uid.startsWith("banned-")) {
			throw new LoginRefusedException("you are banned");
		}
	}

}
// end::binding[]

// tag::listener[]
@Component
class Doorman implements SessionListener {

	private static final Logger log = LoggerFactory.getLogger(Doorman.class);

	@Override
	public void opened(Session session) {
		session.push("onWelcome", "Welcome, number " + session.id());
	}

	@Override
	public void closed(Session session, CloseReason reason) {
		log.info("{} has gone: {}", session, reason.code());
	}

}
// end::listener[]
