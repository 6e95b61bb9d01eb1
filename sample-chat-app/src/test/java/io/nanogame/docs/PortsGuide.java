package io.nanogame.docs;

import java.nio.charset.StandardCharsets;

import io.nanogame.route.Request;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;

// tag::raw[]
@GameComponent("raw")
class RawEcho {

	@Handler
	Object message(Session session, Request request, byte[] body) {
		if (body.length == 0) {
			session.close(CloseReason.webSocket(4000, "empty"));
			return body;
		}
		// A string is sent as text, an array as a binary message.
		return request.isText() ? new String(body, StandardCharsets.UTF_8) : body;
	}

}
// end::raw[]
