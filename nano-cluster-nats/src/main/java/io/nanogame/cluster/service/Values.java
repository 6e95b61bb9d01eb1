package io.nanogame.cluster.service;

import java.lang.reflect.Type;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.nanogame.serialize.PayloadReader;
import io.nanogame.serialize.Payloads;
import io.nanogame.service.ServiceMethod;
import io.nanogame.service.ServiceType;
import org.jspecify.annotations.Nullable;

/**
 * Arguments and results of services, as bytes and back.
 */
final class Values {

	private final Payloads payloads;

	private final Map<Type, PayloadReader> readers = new ConcurrentHashMap<>();

	Values(Payloads payloads) {
		this.payloads = payloads;
	}

	/**
	 * Prepares for a service.
	 * @throws IllegalArgumentException when what it takes cannot travel
	 */
	void prepare(ServiceType<?> type) {
		type.methods().forEach((method) -> method.parameterTypes().forEach(this::reader));
	}

	List<byte @Nullable []> write(@Nullable Object[] arguments) {
		List<byte @Nullable []> written = new ArrayList<>(arguments.length);
		for (Object argument : arguments) {
			written.add(write(argument));
		}
		return written;
	}

	byte @Nullable [] write(@Nullable Object value) {
		return (value != null) ? this.payloads.write(value) : null;
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

}
