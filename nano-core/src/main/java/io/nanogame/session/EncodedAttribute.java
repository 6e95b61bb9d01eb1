package io.nanogame.session;

import io.nanogame.serialize.Payloads;
import org.jspecify.annotations.Nullable;

/**
 * The value of an attribute that was set on another node, in the bytes it came in. Who
 * asks for it names the type, and only then is it read.
 *
 * @param bytes what the payloads of that node have written, not to be changed
 * @param payloads read it
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
			// Whatever a serializer throws for a type it cannot build.
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
