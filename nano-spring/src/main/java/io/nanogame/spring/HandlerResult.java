package io.nanogame.spring;

import java.util.Optional;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Future;
import java.util.stream.BaseStream;

import reactor.core.publisher.Mono;

import org.springframework.core.ReactiveAdapterRegistry;

/**
 * The type a handler returns.
 *
 * @param type the declared type, void included
 */
record HandlerResult(Class<?> type) {

	/**
	 * The result of a handler.
	 * @param method the handler
	 * @throws InvalidHandlerException when it could not be sent as one answer
	 */
	static HandlerResult of(HandlerMethod method) {
		HandlerResult result = new HandlerResult(method.resultType());
		if (!result.isLegal()) {
			throw method.invalid("its result cannot be " + result.type.getSimpleName());
		}
		return result;
	}

	static boolean isAsynchronous(Class<?> type) {
		return Future.class.isAssignableFrom(type)
				|| ReactiveAdapterRegistry.getSharedInstance().getAdapter(type) != null;
	}

	private boolean isLegal() {
		return completesLater() || !(isAsynchronous(this.type) || this.type == Optional.class
				|| BaseStream.class.isAssignableFrom(this.type));
	}

	boolean isMono() {
		return Mono.class.isAssignableFrom(this.type);
	}

	boolean completesLater() {
		return isMono() || CompletionStage.class.isAssignableFrom(this.type);
	}

}
