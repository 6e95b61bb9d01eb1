package io.nanogame.serialize;

import java.nio.charset.StandardCharsets;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.Message;
import com.google.protobuf.util.JsonFormat;

/**
 * Generated protobuf messages as JSON, in the form that protobuf defines. A class of its
 * own because protobuf-java-util may be missing from the class path. Thread-safe.
 */
final class ProtobufJson {

	private static final JsonFormat.Printer PRINTER = JsonFormat.printer().omittingInsignificantWhitespace();

	private static final JsonFormat.Parser PARSER = JsonFormat.parser().ignoringUnknownFields();

	private ProtobufJson() {
	}

	/** Returns whether messages of a type can be JSON: not those of the lite runtime. */
	static boolean isSupported(Class<?> type) {
		return type.isInterface() || Message.class.isAssignableFrom(type);
	}

	static byte[] write(Object message) {
		try {
			return PRINTER.print((Message) message).getBytes(StandardCharsets.UTF_8);
		}
		catch (InvalidProtocolBufferException | RuntimeException ex) {
			throw new SerializationException("Not writable as JSON: " + message.getClass().getName(), ex);
		}
	}

	/** An empty body is a message without fields, as it is in protobuf. */
	static PayloadReader reader(Class<?> type) {
		Message none = (Message) ProtobufMessages.defaultInstance(type);
		return (body) -> {
			Message.Builder builder = none.newBuilderForType();
			try {
				if (body.length > 0) {
					PARSER.merge(JsonText.value(body), builder);
				}
				return builder.build();
			}
			catch (SerializationException ex) {
				throw ex;
			}
			catch (InvalidProtocolBufferException | RuntimeException ex) {
				throw new SerializationException("The body is not the JSON of the message this route expects", ex);
			}
		};
	}

}
