package io.nanogame.session;

import java.lang.reflect.Type;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.nanogame.serialize.ErrorBody;
import io.nanogame.serialize.PayloadReader;
import io.nanogame.serialize.PayloadWriter;
import io.nanogame.serialize.Serializer;

/**
 * Writes values in brackets, and counts what it does. Not thread-safe.
 */
public final class Brackets implements Serializer {

	final List<Object> written = new ArrayList<>();

	int prepared;

	private final String name;

	public Brackets(String name) {
		this.name = name;
	}

	@Override
	public String name() {
		return this.name;
	}

	@Override
	public byte[] serialize(Object value) {
		this.written.add(value);
		return bytes("[" + value + "]");
	}

	@Override
	public PayloadWriter writer(Type type) {
		this.prepared++;
		return this::serialize;
	}

	@Override
	public PayloadReader reader(Type type) {
		this.prepared++;
		return (body) -> new String(body, 1, body.length - 2, StandardCharsets.UTF_8);
	}

	@Override
	public byte[] serializeError(ErrorBody error) {
		return bytes("[" + error.msg() + "]");
	}

	@Override
	public byte[] empty() {
		return bytes("[]");
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

}
