package io.nanogame.boot.autoconfigure;

import java.util.Collection;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * {@code nano.serializer} does not say which serializer to use.
 */
public final class UnknownSerializerException extends IllegalStateException {

	private final @Nullable String serializer;

	private final List<String> known;

	UnknownSerializerException(@Nullable String serializer, Collection<String> known) {
		super((serializer != null) ? "There is no serializer '%s', only %s".formatted(serializer, known)
				: "There is more than one serializer: %s".formatted(known));
		this.serializer = serializer;
		this.known = List.copyOf(known);
	}

	/**
	 * What was asked for.
	 * @return the value of the key; null when it is not set, and more than one Serializer
	 * bean would do
	 */
	public @Nullable String serializer() {
		return this.serializer;
	}

	/**
	 * What could have been asked for.
	 * @return names of serializers that are here
	 */
	public List<String> known() {
		return this.known;
	}

}
