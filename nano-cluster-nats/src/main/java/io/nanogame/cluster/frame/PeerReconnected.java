package io.nanogame.cluster.frame;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;

/**
 * To all parts of a node: frames between the sender and this node may be lost, because
 * the sender was disconnected, or considered this node dead.
 */
public record PeerReconnected() implements Frame {

	static final int CODE = 25;

	static PeerReconnected read(CodedInputStream in) {
		return new PeerReconnected();
	}

	@Override
	public int code() {
		return CODE;
	}

	@Override
	public int maxLength() {
		return 0;
	}

	@Override
	public void write(CodedOutputStream out) {
	}

}
