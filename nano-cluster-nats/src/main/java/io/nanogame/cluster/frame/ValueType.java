package io.nanogame.cluster.frame;

import org.jspecify.annotations.Nullable;

/**
 * The type of an attribute's value in a frame. Codes are never reused for another type.
 */
enum ValueType {

	/** The attribute has no value. */
	NONE,

	TEXT,

	INT,

	LONG,

	DOUBLE,

	BOOLEAN,

	/** The value as the payloads of a node have serialised it. */
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
