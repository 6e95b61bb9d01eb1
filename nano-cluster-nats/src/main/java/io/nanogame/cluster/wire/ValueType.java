package io.nanogame.cluster.wire;

import org.jspecify.annotations.Nullable;

/**
 * How the value of an attribute travels. The codes are never used again for something
 * else.
 */
enum ValueType {

	/** There is none. */
	NONE,

	TEXT,

	INT,

	LONG,

	DOUBLE,

	BOOLEAN,

	/** As the payloads of a node wrote it. */
	ENCODED;

	private static final ValueType[] BY_CODE = values();

	int code() {
		return ordinal();
	}

	static ValueType of(@Nullable Object value) {
		if (value == null) {
			return NONE;
		}
		if (value instanceof String) {
			return TEXT;
		}
		if (value instanceof Integer) {
			return INT;
		}
		if (value instanceof Long) {
			return LONG;
		}
		if (value instanceof Double) {
			return DOUBLE;
		}
		return (value instanceof Boolean) ? BOOLEAN : ENCODED;
	}

	/** Null for a type of a later version. */
	static @Nullable ValueType of(int code) {
		return (code >= 0 && code < BY_CODE.length) ? BY_CODE[code] : null;
	}

}
