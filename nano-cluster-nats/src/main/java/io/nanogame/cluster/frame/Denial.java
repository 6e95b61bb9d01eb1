package io.nanogame.cluster.frame;

import java.io.IOException;

/**
 * Why a gateway does not offer a session.
 */
public enum Denial {

	/** It does not know the session. */
	NOT_HERE,

	/** The client cannot continue the session. */
	LOST,

	/** It cannot be decided now. */
	LATER;

	static Denial of(int code) throws IOException {
		if (code < 0 || code >= values().length) {
			throw new IOException("a denial of a later version");
		}
		return values()[code];
	}

}
