package io.nanogame.boot.autoconfigure;

import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when {@code nano.serializer} does not select one serializer, or
 * {@code nano.additional-serializers} has an unknown name.
 */
public final class UnknownSerializerException extends IllegalStateException {

	private final String key;

	private final @Nullable String serializer;

	private final List<String> known;

	UnknownSerializerException(String key, @Nullable String serializer, Collection<String> known) {
		super((serializer != null) ? "There is no serializer '%s', only %s".formatted(serializer, known)
				: "There is more than one serializer: %s".formatted(known));
		this.key = key;
		this.serializer = serializer;
		this.known = List.copyOf(known);
	}

	/**
	 * Returns the key.
	 * @return {@code nano.serializer} or {@code nano.additional-serializers}
	 */
	public String key() {
		return this.key;
	}

	/**
	 * Returns the configured name.
	 * @return the value of the key; null when it is not set and there is more than one
	 * Serializer bean
	 */
	public @Nullable String serializer() {
		return this.serializer;
	}

	/**
	 * Returns the available names.
	 * @return the names of all serializers
	 */
	public List<String> known() {
		return this.known;
	}

}
