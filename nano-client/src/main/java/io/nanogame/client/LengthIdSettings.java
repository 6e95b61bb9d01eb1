package io.nanogame.client;

import java.util.HashMap;
import java.util.Map;

import io.nanogame.protocol.LengthIdFormat;
import org.jspecify.annotations.Nullable;

/** The packets of the protocol {@code length-id} and the ids of routes. Immutable. */
final class LengthIdSettings {

	private final LengthIdFormat format;

	private final Map<String, Long> ids;

	private final Map<Long, String> routes = new HashMap<>();

	private final @Nullable Long errorId;

	/**
	 * Checks and creates the settings.
	 * @throws IllegalArgumentException when an id does not fit or is used twice
	 */
	LengthIdSettings(LengthIdFormat format, Map<String, Long> ids, @Nullable Long errorId) {
		this.format = format;
		this.ids = Map.copyOf(ids);
		this.errorId = errorId;
		if (errorId != null) {
			add("errors", errorId);
		}
		this.ids.forEach(this::add);
	}

	private void add(String route, long id) {
		if (id < 0 || id > this.format.maxId()) {
			throw new IllegalArgumentException(
					"The id %d of %s must be 0 to %d".formatted(id, route, this.format.maxId()));
		}
		String other = this.routes.put(id, route);
		if (other != null) {
			throw new IllegalArgumentException("The id %d of %s is also that of %s".formatted(id, route, other));
		}
	}

	LengthIdFormat format() {
		return this.format;
	}

	int maxBodyLength() {
		return (int) this.format.maxBodyLength();
	}

	/**
	 * Returns the id of a route.
	 * @throws IllegalArgumentException when it has none
	 */
	long id(String route) {
		Long id = this.ids.get(route);
		if (id == null) {
			throw new IllegalArgumentException(
					"The route %s has no id; NanoClientBuilder.lengthId sets it".formatted(route));
		}
		return id;
	}

	/** Returns the route of an id that is not that of errors, or null. */
	@Nullable String route(long id) {
		return this.routes.get(id);
	}

	boolean isErrorId(long id) {
		return this.errorId != null && this.errorId == id;
	}

}
