package io.nanogame.cluster.service;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.nanogame.service.ServiceException;
import org.jspecify.annotations.Nullable;

/**
 * What the node of a service answers, as bytes.
 *
 * @param code 0 for a value, else that of a {@link ServiceException}
 * @param message the message of the exception; empty if there is none
 * @param value null, or as payloads are written
 * @param fence the fence of the claimed instance that replies, else 0
 */
record AnswerFrame(int code, String message, byte @Nullable [] value, long fence) {

	private static final int VERSION = 1;

	/** Varints and lengths, at most. */
	private static final int OVERHEAD = 32;

	/** As many characters fit into whatever NATS takes. */
	private static final int SHORT = 200;

	private static final int BYTES_PER_CHARACTER = 3;

	static AnswerFrame of(byte @Nullable [] value) {
		return new AnswerFrame(0, "", value, 0);
	}

	static AnswerFrame of(ServiceException failure) {
		String message = failure.getMessage();
		return new AnswerFrame(failure.code(), (message != null) ? message : "", null, 0);
	}

	AnswerFrame withShortWords() {
		return new AnswerFrame(this.code, this.message.substring(0, Math.min(this.message.length(), SHORT)), this.value,
				this.fence);
	}

	AnswerFrame withFence(long other) {
		return new AnswerFrame(this.code, this.message, this.value, other);
	}

	/** Null when there is a value, or nothing. */
	@Nullable ServiceException failure() {
		return (this.code != 0) ? new ServiceException(this.code, this.message) : null;
	}

	byte[] write() {
		byte[] room = new byte[OVERHEAD + this.message.length() * BYTES_PER_CHARACTER
				+ ((this.value != null) ? this.value.length : 0)];
		CodedOutputStream out = CodedOutputStream.newInstance(room);
		try {
			out.writeUInt32NoTag(VERSION);
			out.writeInt32NoTag(this.code);
			out.writeStringNoTag(this.message);
			out.writeBoolNoTag(this.value != null);
			if (this.value != null) {
				out.writeByteArrayNoTag(this.value);
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
	static AnswerFrame read(byte[] bytes) throws IOException {
		CodedInputStream in = CodedInputStream.newInstance(bytes);
		int version = in.readUInt32();
		if (version != VERSION) {
			throw new IOException("Version %d is not known here".formatted(version));
		}
		int code = in.readInt32();
		String message = in.readString();
		byte[] value = in.readBool() ? in.readByteArray() : null;
		return new AnswerFrame(code, message, value, in.isAtEnd() ? 0 : in.readUInt64());
	}

}
