package io.nanogame.session;

import io.nanogame.serialize.Payloads;
import org.jspecify.annotations.Nullable;

/**
 * The value of an attribute that was set on another node, as it was received. It is
 * decoded when the game reads it, because only that names the type.
 *
 * @param bytes the encoded value; must not be changed
 * @param payloads decode the value
 */
public record EncodedAttribute(byte[] bytes, Payloads payloads) {

	<T> T decode(String name, Class<T> type) {
		try {
			Object value = this.payloads.reader(type).read(this.bytes);
			if (type.isInstance(value)) {
				return type.cast(value);
			}
		}
		catch (RuntimeException ex) {
			// The serializer's own exception for a type that it cannot create.
			throw mismatch(name, type, ex);
		}
		throw mismatch(name, type, null);
	}

	private static ClassCastException mismatch(String name, Class<?> type, @Nullable Exception cause) {
		ClassCastException mismatch = new ClassCastException(
				"Attribute '%s' was set on another node and cannot be read as a %s".formatted(name, type.getName()));
		if (cause != null) {
			mismatch.initCause(cause);
		}
		return mismatch;
	}

}
