package io.nanogame.cluster.wire;

import java.util.Set;

/**
 * Who is logged in, as it travels between nodes.
 *
 * @param name the name of the principal
 * @param trust what that name is worth
 * @param authorities what it may do, in the words of the app's security; may be empty
 */
public record Login(String name, Trust trust, Set<String> authorities) {

	/**
	 * What a name is worth. The order is that of the wire; new ones come behind.
	 */
	public enum Trust {

		/** A name, maybe of a certificate, of which the app's security knows nothing. */
		NAME_ONLY,

		/** Logged in some time ago, and remembered since. */
		REMEMBERED,

		/** Logged in. */
		FULL;

		private static final Trust[] BY_CODE = values();

		int code() {
			return ordinal();
		}

		/** One of a later version is worth the least. */
		static Trust of(int code) {
			return (code >= 0 && code < BY_CODE.length) ? BY_CODE[code] : NAME_ONLY;
		}

	}

}
