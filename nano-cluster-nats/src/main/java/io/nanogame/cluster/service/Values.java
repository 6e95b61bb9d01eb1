package io.nanogame.cluster.service;

import java.lang.reflect.GenericArrayType;
import java.lang.reflect.ParameterizedType;
import java.lang.reflect.Type;
import java.lang.reflect.TypeVariable;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.Stream;

import io.nanogame.serialize.PayloadReader;
import io.nanogame.serialize.PayloadWriter;
import io.nanogame.serialize.Payloads;
import io.nanogame.serialize.SerializationException;
import io.nanogame.service.ServiceMethod;
import io.nanogame.service.ServiceType;
import org.jspecify.annotations.Nullable;

/**
 * Arguments and results of services, as bytes and back.
 */
final class Values {

	private final Payloads payloads;

	private final Map<Type, PayloadReader> readers = new ConcurrentHashMap<>();

	private final Map<Type, PayloadWriter> writers = new ConcurrentHashMap<>();

	Values(Payloads payloads) {
		this.payloads = payloads;
	}

	/**
	 * Prepares for a service.
	 * @throws IllegalArgumentException when what it takes or returns cannot travel
	 */
	void prepare(ServiceType<?> type) {
		for (ServiceMethod method : type.methods()) {
			method.parameterTypes().forEach((parameter) -> prepareToRead(method, parameter));
			if (method.resultType() != void.class && method.resultType() != Void.class) {
				this.writers.computeIfAbsent(method.resultType(), this.payloads::writer);
				// Whoever calls reads it.
				prepareToRead(method, method.resultType());
			}
		}
	}

	private void prepareToRead(ServiceMethod method, Type type) {
		if (isOpen(type)) {
			throw new IllegalArgumentException(
					"%s has %s, and nobody could read what that stands for; name the type in the interface"
						.formatted(method.fullName(), type.getTypeName()));
		}
		reader(type);
	}

	/** Whether a type variable is in it. */
	private static boolean isOpen(Type type) {
		if (type instanceof ParameterizedType generic) {
			return Stream.of(generic.getActualTypeArguments()).anyMatch(Values::isOpen);
		}
		return type instanceof TypeVariable
				|| type instanceof GenericArrayType array && isOpen(array.getGenericComponentType());
	}

	List<byte @Nullable []> write(ServiceMethod method, @Nullable Object[] arguments) {
		List<byte @Nullable []> written = new ArrayList<>(arguments.length);
		for (int i = 0; i < arguments.length; i++) {
			written.add(write(method.parameterTypes().get(i), arguments[i]));
		}
		return written;
	}

	/** Writes a value as the interface of its service declares it. */
	byte @Nullable [] write(Type type, @Nullable Object value) {
		return (value != null) ? writer(type).write(value) : null;
	}

	@Nullable Object[] readArguments(ServiceMethod method, List<byte @Nullable []> arguments) {
		@Nullable Object[] read = new Object[arguments.size()];
		for (int i = 0; i < read.length; i++) {
			read[i] = read(method.parameterTypes().get(i), arguments.get(i));
		}
		return read;
	}

	@Nullable Object read(Type type, byte @Nullable [] value) {
		return (value != null) ? reader(type).read(value) : null;
	}

	private PayloadReader reader(Type type) {
		return this.readers.computeIfAbsent(type, this.payloads::reader);
	}

	private PayloadWriter writer(Type type) {
		try {
			return this.writers.computeIfAbsent(type, this.payloads::writer);
		}
		catch (IllegalArgumentException ex) {
			throw new SerializationException("Not writable: " + type.getTypeName(), ex);
		}
	}

}
