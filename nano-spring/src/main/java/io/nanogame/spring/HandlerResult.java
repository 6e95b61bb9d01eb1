package io.nanogame.spring;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.function.Supplier;

import io.nanogame.group.Group;
import io.nanogame.serialize.PayloadWriter;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;

import org.springframework.core.ReactiveAdapterRegistry;
import org.springframework.core.ResolvableType;

/**
 * What a handler returns.
 *
 * @param type the declared type, void included
 * @param answer the type of the value that is sent: the declared one, or what a stage or
 * {@code Mono} of it completes with
 */
record HandlerResult(Class<?> type, ResolvableType answer) {

	/** What is no value, or not all at once; any stream is {@link AutoCloseable}. */
	private static final List<Class<?>> NO_ANSWERS = List.of(AutoCloseable.class, Callable.class, Supplier.class,
			Optional.class, Session.class, Group.class);

	/** What Spring's web frameworks make something of, and nobody here. */
	private static final List<String> WEB_PACKAGES = List.of("org.springframework.web.", "org.springframework.http.",
			"org.springframework.ui.");

	/**
	 * The result of a handler.
	 * @param method the handler
	 * @throws InvalidHandlerException when it could not be sent as one answer
	 */
	static HandlerResult of(HandlerMethod method) {
		ResolvableType declared = method.result();
		HandlerResult result = new HandlerResult(declared.toClass(), declared);
		if (!result.completesLater()) {
			checkAnswer(method, result.type, "");
			return result;
		}
		ResolvableType later = declared.as(result.isMono() ? Mono.class : CompletionStage.class).getGeneric(0);
		checkAnswer(method, later.toClass(), result.type.getSimpleName() + " of ");
		return new HandlerResult(result.type, later);
	}

	private static void checkAnswer(HandlerMethod method, Class<?> type, String where) {
		if (isAsynchronous(type) || NO_ANSWERS.stream().anyMatch((one) -> one.isAssignableFrom(type))
				|| WEB_PACKAGES.stream().anyMatch(type.getName()::startsWith)) {
			throw method.invalid("its result cannot be " + where + type.getSimpleName());
		}
	}

	static boolean isAsynchronous(Class<?> type) {
		return Future.class.isAssignableFrom(type)
				|| ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
	}

	boolean isMono() {
		return Mono.class.isAssignableFrom(this.type);
	}

	boolean completesLater() {
		return isMono() || CompletionStage.class.isAssignableFrom(this.type);
	}

	/**
	 * The writer of the answers.
	 * @param method the handler
	 * @param payloads make it
	 * @return null when there is nothing to write, or nothing is said about it
	 * @throws InvalidHandlerException when no such value can be written
	 */
	@Nullable PayloadWriter writer(HandlerMethod method, Payloads payloads) {
		Class<?> raw = this.answer.toClass();
		if (this.answer == ResolvableType.NONE || raw == void.class || raw == Void.class) {
			return null;
		}
		try {
			return payloads.writer(resolved(this.answer).getType());
		}
		catch (IllegalArgumentException ex) {
			throw method.invalid("its result cannot be written: " + ex.getMessage());
		}
	}

	/** Without type variables and wildcards; a variable that stays open is no type. */
	private static ResolvableType resolved(ResolvableType type) {
		if (type.isArray()) {
			return ResolvableType.forArrayComponent(resolved(type.getComponentType()));
		}
		if (!type.hasGenerics() || type.hasUnresolvableGenerics()) {
			return ResolvableType.forClass(type.toClass());
		}
		return ResolvableType.forClassWithGenerics(type.toClass(),
				Arrays.stream(type.getGenerics()).map(HandlerResult::resolved).toArray(ResolvableType[]::new));
	}

}
