package io.nanogame.spring.security;

import io.nanogame.lane.ThreadContext;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/**
 * Hides the security context of a handler from a service that it calls, which has none on
 * any other thread either.
 */
public final class SecurityThreadContext implements ThreadContext {

	private final SecurityContextHolderStrategy holder;

	/**
	 * Creates a view of the security context.
	 * @param holder holds the context
	 */
	public SecurityThreadContext(SecurityContextHolderStrategy holder) {
		this.holder = holder;
	}

	@Override
	public Runnable hide() {
		SecurityContext before = this.holder.getContext();
		this.holder.clearContext();
		// Also without a login: the handler may log in later.
		return () -> this.holder.setContext(before);
	}

}
