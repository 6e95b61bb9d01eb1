package io.nanogame.spring;

import java.security.Principal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import io.nanogame.route.Request;
import io.nanogame.route.RequestException;
import io.nanogame.serialize.PayloadReader;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;

import org.springframework.core.MethodParameter;

/**
 * Chooses the binder for each parameter of a handler.
 */
final class ArgumentBinding {

	private static final String CONTINUATION = "kotlin.coroutines.Continuation";

	private final List<ArgumentResolver> resolvers;

	private final PayloadArguments payloads;

	private final HandlerValidation validation;

	ArgumentBinding(List<ArgumentResolver> custom, PayloadArguments payloads, HandlerValidation validation) {
		this.resolvers = new ArrayList<>(custom);
		this.resolvers.addAll(List.of(ArgumentBinding::session, ArgumentBinding::request, ArgumentBinding::principal));
		this.payloads = payloads;
		this.validation = validation;
	}

	HandlerArguments bind(HandlerMethod method) {
		MethodParameter[] parameters = method.getMethodParameters();
		checkSuspending(method, parameters);
		List<@Nullable ArgumentBinder> resolved = new ArrayList<>();
		for (MethodParameter parameter : parameters) {
			resolved.add(resolve(parameter));
		}
		int payload = resolved.indexOf(null);
		if (payload != resolved.lastIndexOf(null)) {
			throw tooMany(method, parameters[payload], parameters[resolved.lastIndexOf(null)]);
		}
		Consumer<@Nullable Object[]> check = this.validation.together(method, payload);
		Function<Payloads, PayloadReader> readers = null;
		if (payload >= 0) {
			readers = this.payloads.readers(method, parameters[payload]);
			resolved.set(payload, this.validation.payload(method, parameters[payload], check != null));
		}
		return new HandlerArguments(List.copyOf(resolved), readers, check);
	}

	/** Kotlin compiles a suspend function to a method with an additional parameter. */
	private static void checkSuspending(HandlerMethod method, MethodParameter[] parameters) {
		if (Arrays.stream(parameters).anyMatch((one) -> one.getParameterType().getName().equals(CONTINUATION))) {
			throw method.invalid("it is a suspend function; return a CompletionStage or a Mono instead, "
					+ "for which kotlinx-coroutines has future { } and mono { }");
		}
	}

	private InvalidHandlerException tooMany(HandlerMethod method, MethodParameter first, MethodParameter second) {
		this.payloads.checkKind(method, first);
		this.payloads.checkKind(method, second);
		return method.invalid("it takes two payloads, %s and %s, but a message has one"
			.formatted(first.getParameterType().getSimpleName(), second.getParameterType().getSimpleName()));
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
