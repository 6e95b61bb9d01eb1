package io.nanogame.cluster.wire;

import java.util.Set;

/**
 * The login of a session, as it is sent between nodes.
 *
 * @param name the name of the principal
 * @param trust how the name was authenticated
 * @param authorities the authorities of the app's security; may be empty
 */
public record Login(String name, Trust trust, Set<String> authorities) {

	/**
	 * How a name was authenticated. The order is that of the codes between nodes; append
	 * new ones.
	 */
	public enum Trust {

		/**
		 * A name that the app's security has not authenticated, for example of a
		 * certificate.
		 */
		NAME_ONLY,

		/** Remembered from an earlier login. */
		REMEMBERED,

		/** Logged in. */
		FULL;

		private static final Trust[] BY_CODE = values();

		int code() {
			return ordinal();
		}

		/** A value of a later version counts as the lowest. */
		static Trust of(int code) {
			return (code >= 0 && code < BY_CODE.length) ? BY_CODE[code] : NAME_ONLY;
		}

	}

}
