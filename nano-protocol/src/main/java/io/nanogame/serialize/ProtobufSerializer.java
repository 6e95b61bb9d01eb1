package io.nanogame.serialize;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.reflect.Type;

import com.google.protobuf.ByteString;
import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import com.google.protobuf.WireFormat;

/**
 * Standard protobuf for every message. The messages themselves are read and written by
 * {@link Payloads}; what gets here is something that is no protobuf message. Errors are
 * pitaya's message {@code Error {string code = 1; string msg = 2;}}.
 */
public final class ProtobufSerializer implements Serializer {

	private static final byte[] NOTHING = {};

	@Override
	public String name() {
		return "protobuf";
	}

	@Override
	public byte[] serialize(Object value) {
		throw new SerializationException("Not a protobuf message: " + value.getClass().getName(), null);
	}

	@Override
	public PayloadWriter writer(Type type) {
		if (type instanceof Class<?> declared && mayHoldMessage(declared)) {
			return this::serialize;
		}
		throw new IllegalArgumentException(
				type.getTypeName() + " is not a generated protobuf message, and the serializer is protobuf");
	}

	/**
	 * Bytes and generated messages are all there is, and classes implement interfaces.
	 */
	private static boolean mayHoldMessage(Class<?> declared) {
		return declared.isAssignableFrom(byte[].class)
				|| declared.isInterface() && !declared.getName().startsWith("java.");
	}

	@Override
	public PayloadReader reader(Type type) {
		throw new IllegalArgumentException(
				type.getTypeName() + " is not a generated protobuf message, and the serializer is protobuf");
	}

	@Override
	public byte[] empty() {
		return NOTHING;
	}

	@Override
	public byte[] serializeError(ErrorBody error) {
		ByteString code = ByteString.copyFromUtf8(String.valueOf(error.code()));
		ByteString msg = ByteString.copyFromUtf8(error.msg());
		byte[] bytes = new byte[CodedOutputStream.computeBytesSize(1, code)
				+ CodedOutputStream.computeBytesSize(2, msg)];
		try {
			CodedOutputStream out = CodedOutputStream.newInstance(bytes);
			out.writeBytes(1, code);
			out.writeBytes(2, msg);
			out.checkNoSpaceLeft();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes;
	}

	@Override
	public ErrorBody deserializeError(byte[] body) {
		String code = "";
		String msg = "";
		try {
			CodedInputStream in = CodedInputStream.newInstance(body);
			for (int tag = in.readTag(); tag != 0; tag = in.readTag()) {
				switch (WireFormat.getTagFieldNumber(tag)) {
					case 1 -> code = in.readString();
					case 2 -> msg = in.readString();
					default -> in.skipField(tag);
				}
			}
		}
		catch (IOException ex) {
			throw new SerializationException("The body is no error", ex);
		}
		return new ErrorBody(code, msg);
	}

}
