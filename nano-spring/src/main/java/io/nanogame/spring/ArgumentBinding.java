package io.nanogame.spring;

import java.security.Principal;
import java.util.ArrayList;
import java.util.List;

import io.nanogame.route.Request;
import io.nanogame.route.RequestException;
import io.nanogame.serialize.PayloadReader;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;

/**
 * Decides for each parameter of a handler who binds it.
 */
final class ArgumentBinding {

	private final List<ArgumentResolver> resolvers;

	private final PayloadArguments payloads;

	ArgumentBinding(List<ArgumentResolver> custom, PayloadArguments payloads) {
		this.resolvers = new ArrayList<>(custom);
		this.resolvers.addAll(List.of(ArgumentBinding::session, ArgumentBinding::request, ArgumentBinding::principal));
		this.payloads = payloads;
	}

	HandlerArguments bind(HandlerMethod method) {
		List<ArgumentBinder> binders = new ArrayList<>();
		PayloadReader reader = null;
		for (MethodParameter parameter : method.getMethodParameters()) {
			ArgumentBinder binder = resolve(parameter);
			if (binder == null) {
				if (reader != null) {
					throw method.invalid("it takes two payloads, but a message has one");
				}
				reader = this.payloads.reader(method, parameter);
				binder = this.payloads.binder(method, parameter);
			}
			binders.add(binder);
		}
		return new HandlerArguments(binders, reader);
	}

	private @Nullable ArgumentBinder resolve(MethodParameter parameter) {
		for (ArgumentResolver resolver : this.resolvers) {
			ArgumentBinder binder = resolver.resolve(parameter);
			if (binder != null) {
				return binder;
			}
		}
		return null;
	}

	private static @Nullable ArgumentBinder session(MethodParameter parameter) {
		return (parameter.getParameterType() == Session.class) ? Request::session : null;
	}

	private static @Nullable ArgumentBinder request(MethodParameter parameter) {
		return (parameter.getParameterType() == Request.class) ? (request) -> request : null;
	}

	private static @Nullable ArgumentBinder principal(MethodParameter parameter) {
		if (!Principal.class.isAssignableFrom(parameter.getParameterType())) {
			return null;
		}
		if (parameter.isOptional()) {
			return (request) -> request.session().principal();
		}
		return (request) -> loggedIn(request.session());
	}

	private static Principal loggedIn(Session session) {
		Principal principal = session.principal();
		if (principal == null) {
			throw new RequestException(401, "not logged in");
		}
		return principal;
	}

}
