package io.nanogame.spring.security;

import io.nanogame.route.Request;
import io.nanogame.spring.ReactorContextWriter;
import reactor.core.publisher.Mono;
import reactor.util.context.Context;

import org.springframework.security.core.context.ReactiveSecurityContextHolder;

/**
 * Adds the security context of the session to the Reactor context of a handler's
 * {@code Mono}, for {@link ReactiveSecurityContextHolder}.
 */
public final class SecurityReactorContext implements ReactorContextWriter {

	@Override
	public Context write(Request request, Context context) {
		SessionSecurityContext security = new SessionSecurityContext(request.session());
		return context.putAll(ReactiveSecurityContextHolder.withSecurityContext(Mono.just(security)).readOnly());
	}

}
