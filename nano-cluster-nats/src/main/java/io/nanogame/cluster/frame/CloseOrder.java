package io.nanogame.cluster.frame;

import java.io.IOException;
import java.time.Duration;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;

/**
 * The close of a group by a node. It closes the group of another node unless that has
 * opened it after the close.
 *
 * @param number the number of the close among all orders of the node; 0 for no close, or
 * one of a node that does not number it
 * @param elapsed the time since the close; written in milliseconds
 */
public record CloseOrder(long number, Duration elapsed) {

	/** No close. */
	public static final CloseOrder NONE = new CloseOrder(0, Duration.ZERO);

	/** Reads the end of a frame, where earlier versions write nothing. */
	static CloseOrder readLast(CodedInputStream in) throws IOException {
		return in.isAtEnd() ? NONE : read(in);
	}

	static CloseOrder read(CodedInputStream in) throws IOException {
		return new CloseOrder(in.readUInt64(), Duration.ofMillis(in.readUInt64()));
	}

	void write(CodedOutputStream out) throws IOException {
		out.writeUInt64NoTag(this.number);
		out.writeUInt64NoTag(this.elapsed.toMillis());
	}

	/**
	 * Returns whether this is a numbered close.
	 * @return false for {@link #NONE}
	 */
	public boolean isNumbered() {
		return this.number != 0;
	}

}
