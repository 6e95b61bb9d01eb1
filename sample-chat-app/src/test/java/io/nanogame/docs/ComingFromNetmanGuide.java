package io.nanogame.docs;

import java.util.concurrent.CompletionStage;

import io.nanogame.pipeline.Interceptor;
import io.nanogame.route.Request;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import io.nanogame.session.Sessions;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.spring.Intercept;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

// tag::hello[]
@GameComponent("hello")
class Hello {

	private final Sessions sessions;

	Hello(Sessions sessions) {
		this.sessions = sessions;
	}

	@Handler(id = 0)
	byte[] hello(byte[] body) {
		return body; // connect.Send(0, body)
	}

	@Handler(id = 1)
	void shout(byte[] body) { // a void handler sends no reply
		this.sessions.all().forEach((session) -> session.push("onShout", body)); // request.GetConnects()
	}

	@Handler(id = 2)
	void quit(Session session) {
		session.close(); // connect.Close()
	}

}
// end::hello[]

// tag::hooks[]
@Component
class Hooks implements SessionListener {

	private static final Logger log = LoggerFactory.getLogger(Hooks.class);

	@Override
	public void opened(Session session) { // OnOpen
		log.info("session {} opened", session.id());
	}

	@Override
	public void closed(Session session, CloseReason reason) { // OnClose
		log.info("session {} closed: {}", session.id(), reason.message());
	}

}
// end::hooks[]

// tag::middleware[]
@Component
@Order(1)
class Global implements Interceptor {

	// s.Use(global())

	@Override
	public CompletionStage<@Nullable Object> intercept(Request request, Next next) {
		request.attributes().put("since", System.nanoTime()); // ctx.Set
		return next.proceed(request); // next(ctx)
	}

}

@Component
class Space implements Interceptor {

	// s.Group(space())

	private static final Logger log = LoggerFactory.getLogger(Space.class);

	@Override
	public CompletionStage<@Nullable Object> intercept(Request request, Next next) {
		long since = (Long) request.attributes().get("since"); // ctx.Get
		return next.proceed(request).whenComplete((reply, failure) -> log.info("{} ns", System.nanoTime() - since));
	}

}

@GameComponent("space")
@Intercept(Space.class)
class SpaceHandlers {

	@Handler(id = 3) // g.AddRouter(3, …)
	byte[] launch(byte[] body) {
		return body;
	}

}
// end::middleware[]
