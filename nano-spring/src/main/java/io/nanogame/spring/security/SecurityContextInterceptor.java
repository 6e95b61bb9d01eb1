package io.nanogame.spring.security;

import java.util.concurrent.CompletionStage;

import io.nanogame.pipeline.Interceptor;
import io.nanogame.route.Request;
import org.jspecify.annotations.Nullable;

import org.springframework.core.Ordered;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/**
 * Puts the security context of the session around handlers, argument binding and all
 * other interceptors, on whatever thread they run. It is gone when the handler returns: a
 * result that completes later does so without.
 */
public final class SecurityContextInterceptor implements Interceptor, Ordered {

	private final SecurityContextHolderStrategy holder;

	/**
	 * An interceptor.
	 * @param holder where others look for the context
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
	 * There is a context when an executor runs the message inside of another's handler.
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
