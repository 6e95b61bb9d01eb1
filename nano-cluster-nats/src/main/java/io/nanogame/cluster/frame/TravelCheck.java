package io.nanogame.cluster.frame;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

import io.nanogame.serialize.Payloads;
import io.nanogame.serialize.SerializationException;
import io.nanogame.session.EncodedAttribute;

/**
 * Rejects attributes that another node could not read, when they are set, with their
 * names: live objects, which a serializer often writes as an empty object. A class is
 * checked once. Thread-safe.
 */
public final class TravelCheck implements BiConsumer<String, Object> {

	private final Payloads payloads;

	private final Set<Class<?>> travelling = ConcurrentHashMap.newKeySet();

	/**
	 * Creates a check.
	 * @param payloads serialise and read attributes
	 */
	public TravelCheck(Payloads payloads) {
		this.payloads = payloads;
	}

	/**
	 * Checks an attribute.
	 * @param name the name of the attribute
	 * @param value its value
	 * @throws IllegalArgumentException when it cannot be sent to other nodes
	 */
	@Override
	public void accept(String name, Object value) {
		Class<?> type = value.getClass();
		boolean simple = ValueType.of(value) != ValueType.ENCODED || value instanceof EncodedAttribute;
		if (simple || this.travelling.contains(type)) {
			return;
		}
		byte[] bytes = write(name, value);
		// Values of classes of the JDK are read as their interfaces, such as List.
		if (!type.getName().startsWith("java.")) {
			read(name, type, bytes);
		}
		this.travelling.add(type);
	}

	private byte[] write(String name, Object value) {
		try {
			return this.payloads.write(value);
		}
		catch (SerializationException ex) {
			throw refusal(name, value.getClass(), "cannot be written", ex);
		}
	}

	private void read(String name, Class<?> type, byte[] bytes) {
		try {
			if (type.isHidden()) {
				throw new IllegalArgumentException("No other node has the class of a lambda");
			}
			this.payloads.reader(type).read(bytes);
		}
		catch (RuntimeException ex) {
			throw refusal(name, type, "cannot be read from what it is written as", ex);
		}
	}

	private static IllegalArgumentException refusal(String name, Class<?> type, String why, RuntimeException cause) {
		return new IllegalArgumentException(("Attribute '%s' cannot travel to other nodes: a %s %s. "
				+ "Keep it on this node with setLocal, or set something that names it")
			.formatted(name, type.getName(), why), cause);
	}

}
