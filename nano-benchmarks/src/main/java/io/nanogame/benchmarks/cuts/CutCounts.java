package io.nanogame.benchmarks.cuts;

import java.util.Arrays;
import java.util.Collection;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.Map;

/** The cuts of a proxy. Thread-safe. */
final class CutCounts {

	/** Where a connection was cut. */
	enum Place {

		/** In the handshake of a client that asks for its session. */
		RESUME_HANDSHAKE("in a resume handshake"),

		/** Some bytes of a packet were forwarded, and others were not. */
		PACKET("inside a packet"),

		/** A request was forwarded, and its response was not. */
		REQUEST("between a request and its response"),

		/** Anywhere else. */
		OTHER("otherwise");

		private final String text;

		Place(String text) {
			this.text = text;
		}

		@Override
		public String toString() {
			return this.text;
		}

	}

	/** How a connection was cut. */
	enum Method {

		/** Both sockets are reset. */
		RESET("by a reset"),

		/** Both sockets are closed. */
		END("by an end"),

		/** Both sockets stay open, and nothing is forwarded. */
		SILENCE("by silence");

		private final String text;

		Method(String text) {
			this.text = text;
		}

		@Override
		public String toString() {
			return this.text;
		}

	}

	// Guarded by this

	private final Map<Place, Integer> places = new EnumMap<>(Place.class);

	private final Map<Method, Integer> methods = new EnumMap<>(Method.class);

	private final Map<String, Integer> clients = new HashMap<>();

	/**
	 * Counts a cut.
	 * @param client the name of the client; empty if it is not known yet
	 */
	synchronized void add(Place place, Method method, String client) {
		this.places.merge(place, 1, Integer::sum);
		this.methods.merge(method, 1, Integer::sum);
		this.clients.merge(client, 1, Integer::sum);
	}

	synchronized int of(Place place) {
		return this.places.getOrDefault(place, 0);
	}

	synchronized int of(Method method) {
		return this.methods.getOrDefault(method, 0);
	}

	int total() {
		return Arrays.stream(Place.values()).mapToInt(this::of).sum();
	}

	/** Returns the number of cuts of the client that was cut least. */
	synchronized int least(Collection<String> names) {
		return names.stream().mapToInt((name) -> this.clients.getOrDefault(name, 0)).min().orElse(0);
	}

}
