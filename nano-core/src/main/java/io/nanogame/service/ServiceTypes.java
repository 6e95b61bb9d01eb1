package io.nanogame.service;

import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;

/** The interfaces of services, each read once. Thread-safe. */
final class ServiceTypes {

	private final UnaryOperator<String> names;

	private final List<AsyncResult> asyncResults;

	private final Map<Class<?>, ServiceType<?>> types = new ConcurrentHashMap<>();

	/**
	 * Creates an empty registry.
	 * @param names resolves placeholders in the names of annotations
	 * @param asyncResults the results that methods may return besides
	 * {@link AsyncResult#STAGE}
	 */
	ServiceTypes(UnaryOperator<String> names, List<AsyncResult> asyncResults) {
		this.names = names;
		this.asyncResults = Stream.concat(Stream.of(AsyncResult.STAGE), asyncResults.stream()).toList();
	}

	/**
	 * Returns the service of an interface.
	 * @throws InvalidServiceTypeException when the interface cannot be a service
	 */
	@SuppressWarnings("unchecked")
	<T> ServiceType<T> of(Class<T> type) {
		return (ServiceType<T>) this.types.computeIfAbsent(type,
				(read) -> ServiceType.of(read, this.names, this.asyncResults));
	}

}
