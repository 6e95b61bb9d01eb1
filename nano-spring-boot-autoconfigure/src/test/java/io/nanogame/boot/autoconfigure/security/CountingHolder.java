package io.nanogame.boot.autoconfigure.security;

import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolderStrategy;

/**
 * Counts the contexts it is given.
 */
final class CountingHolder implements SecurityContextHolderStrategy {

	private final SecurityContextHolderStrategy holder;

	volatile int contexts;

	CountingHolder(SecurityContextHolderStrategy holder) {
		this.holder = holder;
	}

	@Override
	public void setContext(SecurityContext context) {
		this.contexts = this.contexts + 1;
		this.holder.setContext(context);
	}

	@Override
	public void clearContext() {
		this.holder.clearContext();
	}

	@Override
	public SecurityContext getContext() {
		return this.holder.getContext();
	}

	@Override
	public SecurityContext createEmptyContext() {
		return this.holder.createEmptyContext();
	}

}
