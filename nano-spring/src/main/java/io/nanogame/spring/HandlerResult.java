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
 * The result of a handler.
 *
 * @param type the declared type, including void
 * @param value the type of the value that is sent: the declared one, or the one that a
 * stage or {@code Mono} completes with
 */
record HandlerResult(Class<?> type, ResolvableType value) {

	/**
	 * Types that are not values, or not single values; every stream is
	 * {@link AutoCloseable}.
	 */
	private static final List<Class<?>> UNSUPPORTED = List.of(AutoCloseable.class, Callable.class, Supplier.class,
			Optional.class, Session.class, Group.class);

	/** Types with a meaning in Spring's web frameworks only. */
	private static final List<String> WEB_PACKAGES = List.of("org.springframework.web.", "org.springframework.http.",
			"org.springframework.ui.");

	/**
	 * Reads the result of a handler.
	 * @param method the handler
	 * @throws InvalidHandlerException when it cannot be sent as one reply
	 */
	static HandlerResult of(HandlerMethod method) {
		ResolvableType declared = method.result();
		HandlerResult result = new HandlerResult(declared.toClass(), declared);
		if (!result.completesLater()) {
			checkValue(method, result.type, "");
			return result;
		}
		ResolvableType value = declared.as(result.isMono() ? Mono.class : CompletionStage.class).getGeneric(0);
		checkValue(method, value.toClass(), result.type.getSimpleName() + " of ");
		return new HandlerResult(result.type, value);
	}

	private static void checkValue(HandlerMethod method, Class<?> type, String where) {
		if (isAsynchronous(type) || UNSUPPORTED.stream().anyMatch((one) -> one.isAssignableFrom(type))
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
	 * Creates the writer of the replies.
	 * @param method the handler
	 * @param payloads creates it
	 * @return null when there is no value to write, or its type is unknown
	 * @throws InvalidHandlerException when no such value can be written
	 */
	@Nullable PayloadWriter writer(HandlerMethod method, Payloads payloads) {
		Class<?> raw = this.value.toClass();
		if (this.value == ResolvableType.NONE || raw == void.class || raw == Void.class) {
			return null;
		}
		try {
			return payloads.writer(resolved(this.value).getType());
		}
		catch (IllegalArgumentException ex) {
			throw method.invalid("its result cannot be written: " + ex.getMessage());
		}
	}

	/**
	 * Replaces type variables and wildcards; a type with an unresolved variable becomes
	 * its raw class.
	 */
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
