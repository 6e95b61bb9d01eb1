package io.nanogame.cluster.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.nanogame.cluster.frame.Headers;
import org.jspecify.annotations.Nullable;

/**
 * What a caller tells the node of a service, as bytes: a version, a kind, and what
 * belongs to it.
 *
 * @param kind what is wanted
 * @param caller the id of the caller's node
 * @param number of the call, unique on the caller's node; 0 for a message that is sent
 * @param timeoutMillis how long the caller waits for the answer
 * @param fence the highest fence that the caller has seen of a claimed instance, else 0
 * @param invocation the method and its arguments
 */
record CallFrame(Kind kind, String caller, long number, long timeoutMillis, long fence, Invocation invocation) {

	private static final int VERSION = 1;

	/** Varints and lengths, at most. */
	private static final int OVERHEAD = 64;

	/** Three bytes a character of UTF-8 at most, as Java counts them. */
	private static final int BYTES_PER_CHARACTER = 3;

	/** The codes are never used again for something else. */
	enum Kind {

		/** Nothing comes back. */
		SEND,

		/** The caller waits. */
		CALL,

		/** The caller waits no longer. */
		CANCEL

	}

	static CallFrame send(String caller, long fence, Invocation invocation) {
		return new CallFrame(Kind.SEND, caller, 0, 0, fence, invocation);
	}

	static CallFrame cancel(String caller, long number) {
		return new CallFrame(Kind.CANCEL, caller, number, 0, 0, new Invocation("", Map.of(), List.of()));
	}

	String method() {
		return this.invocation.method();
	}

	Map<String, String> headers() {
		return this.invocation.headers();
	}

	List<byte @Nullable []> arguments() {
		return this.invocation.arguments();
	}

	byte[] write() {
		int length = OVERHEAD + Headers.maxLength(headers())
				+ (this.caller.length() + method().length()) * BYTES_PER_CHARACTER;
		for (byte[] argument : arguments()) {
			length += 1 + CodedOutputStream.computeUInt32SizeNoTag(Integer.MAX_VALUE)
					+ ((argument != null) ? argument.length : 0);
		}
		byte[] room = new byte[length];
		CodedOutputStream out = CodedOutputStream.newInstance(room);
		try {
			out.writeUInt32NoTag(VERSION);
			out.writeUInt32NoTag(this.kind.ordinal());
			out.writeStringNoTag(this.caller);
			out.writeUInt64NoTag(this.number);
			out.writeUInt64NoTag(this.timeoutMillis);
			out.writeStringNoTag(method());
			Headers.write(out, headers());
			out.writeUInt32NoTag(arguments().size());
			for (byte[] argument : arguments()) {
				out.writeBoolNoTag(argument != null);
				if (argument != null) {
					out.writeByteArrayNoTag(argument);
				}
			}
			if (this.fence != 0) {
				out.writeUInt64NoTag(this.fence);
			}
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return Arrays.copyOf(room, out.getTotalBytesWritten());
	}

	/**
	 * Reads a frame.
	 * @throws IOException when the bytes are none
	 */
	static CallFrame read(byte[] bytes) throws IOException {
		CodedInputStream in = CodedInputStream.newInstance(bytes);
		int version = in.readUInt32();
		int kind = in.readUInt32();
		if (version != VERSION || kind < 0 || kind >= Kind.values().length) {
			throw new IOException("Kind %d of version %d is not known here".formatted(kind, version));
		}
		String caller = in.readString();
		long number = in.readUInt64();
		long timeoutMillis = in.readUInt64();
		String method = in.readString();
		Map<String, String> headers = Headers.read(in);
		int count = in.readUInt32();
		List<byte @Nullable []> arguments = new ArrayList<>();
		for (int i = 0; i < count; i++) {
			arguments.add(in.readBool() ? in.readByteArray() : null);
		}
		long fence = in.isAtEnd() ? 0 : in.readUInt64();
		return new CallFrame(Kind.values()[kind], caller, number, timeoutMillis, fence,
				new Invocation(method, headers, arguments));
	}

	/**
	 * The invocation of a method.
	 *
	 * @param method the name of the method
	 * @param headers the headers of the caller's span
	 * @param arguments the arguments, each null or as payloads are written
	 */
	record Invocation(String method, Map<String, String> headers, List<byte @Nullable []> arguments) {
	}

}
