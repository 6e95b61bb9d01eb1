package io.nanogame.serialize;

import java.lang.reflect.Modifier;

import com.google.protobuf.InvalidProtocolBufferException;
import com.google.protobuf.MessageLite;
import com.google.protobuf.Parser;

/**
 * Generated protobuf messages. A class of its own because protobuf may be missing from
 * the class path.
 */
final class ProtobufMessages {

	private ProtobufMessages() {
	}

	static boolean isMessage(Object value) {
		return value instanceof MessageLite;
	}

	static boolean isMessageType(Class<?> type) {
		return MessageLite.class.isAssignableFrom(type);
	}

	static boolean isReadableType(Class<?> type) {
		return isMessageType(type) && !Modifier.isAbstract(type.getModifiers());
	}

	static byte[] write(Object message) {
		return ((MessageLite) message).toByteArray();
	}

	static PayloadReader reader(Class<?> type) {
		Parser<? extends MessageLite> parser = defaultInstance(type).getParserForType();
		return (body) -> {
			try {
				return parser.parseFrom(body);
			}
			catch (InvalidProtocolBufferException ex) {
				throw new SerializationException("The body is not the protobuf message this route expects", ex);
			}
		};
	}

	static MessageLite defaultInstance(Class<?> type) {
		try {
			return (MessageLite) type.getMethod("getDefaultInstance").invoke(null);
		}
		catch (ReflectiveOperationException ex) {
			throw new IllegalArgumentException(type.getName() + " is not a generated protobuf message", ex);
		}
	}

}
