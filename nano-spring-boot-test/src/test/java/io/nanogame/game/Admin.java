package io.nanogame.game;

import java.util.concurrent.CompletionStage;

import io.nanogame.pipeline.Interceptor;
import io.nanogame.route.Request;
import io.nanogame.route.RequestException;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import org.jspecify.annotations.Nullable;

import org.springframework.stereotype.Component;

/** For admins only; no player is one. */
@GameComponent
class Admin {

	@Handler
	void stop() {
	}

	/** A bean of the game that is not a component. */
	@Component
	static class Guard implements Interceptor {

		@Override
		public CompletionStage<@Nullable Object> intercept(Request request, Next next) {
			if (request.route().startsWith("admin.")) {
				throw new RequestException(403, "for admins");
			}
			return next.proceed(request);
		}

	}

}
