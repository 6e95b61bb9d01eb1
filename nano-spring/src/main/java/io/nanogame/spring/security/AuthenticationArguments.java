package io.nanogame.spring.security;

import java.security.Principal;

import io.nanogame.route.RequestException;
import io.nanogame.spring.ArgumentBinder;
import io.nanogame.spring.ArgumentResolver;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.BeanFactory;
import org.springframework.core.MethodParameter;
import org.springframework.core.annotation.MergedAnnotation;
import org.springframework.core.annotation.MergedAnnotations;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.annotation.AuthenticationPrincipal;

/**
 * Binds {@link Authentication}, every other {@link Principal}, and parameters annotated
 * with {@link AuthenticationPrincipal}. When the session has no such principal, the
 * request fails with 401, or the argument is null if the parameter is {@code @Nullable}.
 */
public final class AuthenticationArguments implements ArgumentResolver {

	private final BeanFactory beans;

	/**
	 * Creates a resolver.
	 * @param beans the beans that expressions of {@link AuthenticationPrincipal} may
	 * refer to
	 */
	public AuthenticationArguments(BeanFactory beans) {
		this.beans = beans;
	}

	@Override
	public @Nullable ArgumentBinder resolve(MethodParameter parameter) {
		MergedAnnotation<AuthenticationPrincipal> annotation = MergedAnnotations
			.from(parameter.getParameterAnnotations())
			.get(AuthenticationPrincipal.class);
		if (annotation.isPresent()) {
			return principalOfAuthentication(parameter, annotation.synthesize());
		}
		return Principal.class.isAssignableFrom(parameter.getParameterType()) ? principalOfSession(parameter) : null;
	}

	private ArgumentBinder principalOfAuthentication(MethodParameter parameter, AuthenticationPrincipal annotation) {
		AuthenticatedPrincipal principal = new AuthenticatedPrincipal(parameter, annotation, this.beans);
		boolean optional = parameter.isOptional();
		return (request) -> {
			if (SessionAuthentication.loggedIn(request.session()) instanceof Authentication authentication) {
				return principal.of(authentication);
			}
			return absent(optional);
		};
	}

	private static ArgumentBinder principalOfSession(MethodParameter parameter) {
		Class<?> type = parameter.getParameterType();
		boolean optional = parameter.isOptional();
		return (request) -> {
			Principal principal = SessionAuthentication.loggedIn(request.session());
			return type.isInstance(principal) ? principal : absent(optional);
		};
	}

	private static @Nullable Object absent(boolean optional) {
		if (!optional) {
			throw new RequestException(401, SecurityErrors.NOT_LOGGED_IN);
		}
		return null;
	}

}
