package io.nanogame.cluster;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;

import io.nanogame.serialize.ErrorBody;
import io.nanogame.serialize.PayloadReader;
import io.nanogame.serialize.Serializer;

/**
 * Writes values in brackets.
 */
public final class Brackets implements Serializer {

	@Override
	public String name() {
		return "brackets";
	}

	@Override
	public byte[] serialize(Object value) {
		return ("[" + value + "]").getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public byte[] serializeError(ErrorBody error) {
		return serialize(error.code() + " " + error.msg());
	}

	@Override
	public PayloadReader reader(Type type) {
		throw new IllegalArgumentException("never read");
	}

	@Override
	public byte[] empty() {
		return "[]".getBytes(StandardCharsets.UTF_8);
	}

}
