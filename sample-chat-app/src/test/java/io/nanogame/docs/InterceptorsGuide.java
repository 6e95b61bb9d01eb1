package io.nanogame.docs;

import java.util.concurrent.CompletionStage;

import io.nanogame.pipeline.Interceptor;
import io.nanogame.pipeline.OutboundInterceptor;
import io.nanogame.protocol.MessageType;
import io.nanogame.route.Request;
import io.nanogame.route.RequestException;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.spring.Intercept;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.core.annotation.Order;
import org.springframework.stereotype.Component;

// tag::global[]
@Component
@Order(1)
class Stopwatch implements Interceptor {

	private static final Logger log = LoggerFactory.getLogger(Stopwatch.class);

	@Override
	public CompletionStage<@Nullable Object> intercept(Request request, Next next) {
		long start = System.nanoTime();
		return next.proceed(request)
			.whenComplete((result, failure) -> log.debug("{} took {} ns", request.route(), System.nanoTime() - start));
	}

}
// end::global[]

// tag::local[]
@Component
class AdminsOnly implements Interceptor {

	@Override
	public CompletionStage<@Nullable Object> intercept(Request request, Next next) {
		if (!"admin".equals(request.session().uid())) {
			throw new RequestException(403, "for admins");
		}
		return next.proceed(request);
	}

}

@GameComponent("admin")
@Intercept(AdminsOnly.class) // on the class: for all its handlers
class Admin {

	@Handler
	String secret() {
		return "42";
	}

}
// end::local[]

// tag::bytes[]
@Component
class Unscramble implements Interceptor {

	@Override
	public CompletionStage<@Nullable Object> intercept(Request request, Next next) {
		byte[] body = request.body().clone(); // must not be modified in place
		for (int i = 0; i < body.length; i++) {
			body[i] ^= 0x55;
		}
		request.body(body); // what the handler's payload is read from
		return next.proceed(request).thenApply((reply) -> reply + "!");
	}

}

@GameComponent("scrambled")
class Scrambled {

	@Handler
	@Intercept(Unscramble.class) // on a method: around this one only
	String echo(String text) {
		return text;
	}

}
// end::bytes[]

// tag::outbound[]
@Component
class LanguageFilter implements OutboundInterceptor {

	@Override
	public @Nullable OutboundMessage intercept(Session session, OutboundMessage message) {
		if (message.type() == MessageType.PUSH && message.value() instanceof String text) {
			return text.contains("spam") ? null : message.withValue(text.replace("darn", "****"));
		}
		return message;
	}

}
// end::outbound[]
