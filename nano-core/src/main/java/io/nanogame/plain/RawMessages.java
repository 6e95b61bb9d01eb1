package io.nanogame.plain;

import java.lang.reflect.Type;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

import io.nanogame.serialize.ErrorBody;
import io.nanogame.serialize.PayloadReader;
import io.nanogame.serialize.PayloadWriter;
import io.nanogame.serialize.Payloads;
import io.nanogame.serialize.SerializationException;
import io.nanogame.serialize.Serializer;

/**
 * The serializer of the protocol {@code raw}: a string is the text of a message,
 * unquoted, and everything else is written and read with the server's payloads.
 * Thread-safe.
 */
final class RawMessages implements Serializer {

	/** What a handler without a result replies, for which no message is sent. */
	static final byte[] NONE = {};

	private final Payloads server;

	RawMessages(Payloads server) {
		this.server = server;
	}

	/** Not the name of the server's serializer, which other nodes could not read. */
	@Override
	public String name() {
		return "websocket";
	}

	/** Returns whether a value is sent as a text message. */
	boolean isText(Object value) {
		return value instanceof CharSequence || this.server.writesText(value);
	}

	@Override
	public byte[] serialize(Object value) {
		return (value instanceof CharSequence text) ? utf8(text) : this.server.write(value);
	}

	private static byte[] utf8(CharSequence text) {
		return text.toString().getBytes(StandardCharsets.UTF_8);
	}

	@Override
	public PayloadWriter writer(Type type) {
		if (isText(type)) {
			return this::serialize;
		}
		PayloadWriter declared = this.server.writer(type);
		return (value) -> (value instanceof CharSequence text) ? utf8(text) : declared.write(value);
	}

	@Override
	public PayloadReader reader(Type type) {
		return isText(type) ? RawMessages::text : this.server.reader(type);
	}

	private static boolean isText(Type type) {
		return type == String.class || type == CharSequence.class;
	}

	private static String text(byte[] body) {
		try {
			return StandardCharsets.UTF_8.newDecoder().decode(ByteBuffer.wrap(body)).toString();
		}
		catch (CharacterCodingException ex) {
			throw new SerializationException("The message is not text", ex);
		}
	}

	@Override
	public byte[] empty() {
		return NONE;
	}

	@Override
	public byte[] serializeError(ErrorBody error) {
		return this.server.write(error);
	}

}
