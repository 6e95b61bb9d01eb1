package io.nanogame.spring.security;

import java.util.concurrent.CompletionStage;

import io.nanogame.pipeline.Interceptor;
import io.nanogame.route.Request;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/**
 * Sets the security context of the session for handlers, argument binding and all other
 * interceptors, on whatever thread they run. The context is removed when the handler
 * returns: asynchronous results complete without it.
 */
public final class SecurityContextInterceptor implements Interceptor, Ordered {

	private final SecurityContextHolderStrategy holder;

	/**
	 * Creates an interceptor.
	 * @param holder holds the context for other code
	 */
	public SecurityContextInterceptor(SecurityContextHolderStrategy holder) {
		this.holder = holder;
	}

	@Override
	public CompletionStage<@Nullable Object> intercept(Request request, Next next) {
		SecurityContext before = this.holder.getContext();
		this.holder.setContext(new SessionSecurityContext(request.session()));
		try {
			return next.proceed(request);
		}
		finally {
			restore(before);
		}
	}

	/**
	 * Restores the previous context. There is one when an executor runs the message
	 * inside the handler of another.
	 */
	private void restore(SecurityContext before) {
		if (before.getAuthentication() == null) {
			this.holder.clearContext();
		}
		else {
			this.holder.setContext(before);
		}
	}

	@Override
	public int getOrder() {
		return HIGHEST_PRECEDENCE;
	}

}
