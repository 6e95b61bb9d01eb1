package io.nanogame.cluster.frame;

import java.io.IOException;
import java.time.Duration;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;

/**
 * The place of a call for a group among the orders of its node.
 *
 * @param number the number of the call among all orders of the node; 0 if the node does
 * not number it
 * @param settled the node does not repeat orders with lower numbers; 0 in a published
 * frame, which is not confirmed
 * @param closed the last close of the group before it that the receiver has not
 * confirmed, or {@link CloseOrder#NONE}
 * @param elapsed the time since the call; written in milliseconds
 */
public record GroupOrder(long number, long settled, CloseOrder closed, Duration elapsed) {

	/** The order of a node of an earlier version. */
	public static final GroupOrder NONE = new GroupOrder(0, 0, CloseOrder.NONE, Duration.ZERO);

	/**
	 * Returns the order in a frame that is published to all.
	 * @param number the number of the call
	 * @return an order that is not confirmed
	 */
	public static GroupOrder published(long number) {
		return new GroupOrder(number, 0, CloseOrder.NONE, Duration.ZERO);
	}

	/** Reads the end of a frame, where earlier versions write nothing. */
	static GroupOrder readLast(CodedInputStream in) throws IOException {
		return in.isAtEnd() ? NONE : new GroupOrder(in.readUInt64(), in.readUInt64(), CloseOrder.read(in),
				Duration.ofMillis(in.readUInt64()));
	}

	void write(CodedOutputStream out) throws IOException {
		out.writeUInt64NoTag(this.number);
		out.writeUInt64NoTag(this.settled);
		this.closed.write(out);
		out.writeUInt64NoTag(this.elapsed.toMillis());
	}

}
