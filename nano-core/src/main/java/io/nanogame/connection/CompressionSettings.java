package io.nanogame.connection;

import java.util.Set;

/**
 * The compression of what the server sends.
 *
 * @param methods the methods in use; empty for none
 * @param threshold the minimum length of what is compressed, in bytes
 */
public record CompressionSettings(Set<Method> methods, int threshold) {

	public CompressionSettings {
		methods = Set.copyOf(methods);
		if (threshold < 0) {
			throw new IllegalArgumentException("The threshold must not be negative: " + threshold);
		}
	}

	/**
	 * Returns the defaults.
	 * @return no compression, and a threshold of 1 KB
	 */
	public static CompressionSettings defaults() {
		return new CompressionSettings(Set.of(), 1024);
	}

	/**
	 * Returns whether a method is in use.
	 * @param method the method
	 * @return true if it is
	 */
	public boolean uses(Method method) {
		return this.methods.contains(method);
	}

	/**
	 * A method of compression.
	 */
	public enum Method {

		/**
		 * The bodies of messages of the protocol pomelo, for clients that read them.
		 */
		POMELO,

		/**
		 * The messages of WebSockets in both directions (RFC 7692), for clients that
		 * offer it.
		 */
		PERMESSAGE_DEFLATE

	}

}
