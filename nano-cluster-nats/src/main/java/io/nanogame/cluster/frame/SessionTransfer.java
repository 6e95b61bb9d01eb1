package io.nanogame.cluster.frame;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.nanogame.cluster.frame.BackendFrame.SessionSnapshot;
import io.nanogame.resume.ResumeState;
import io.nanogame.resume.ResumeToken;

/**
 * A session on its way to another gateway.
 *
 * @param snapshot its state
 * @param packets its packets and tokens
 * @param routes the nodes of its components, and those with copies
 * @param groups the names of its groups
 * @param stamp the stamp of its claim to its uid; 0 if it has none
 * @param epoch the number of its moves
 * @param received the pushes that its owner has received, by node: the highest number,
 * and a bit for each of the numbers up to it
 */
public record SessionTransfer(SessionSnapshot snapshot, ResumeState packets, Routes routes, List<String> groups,
		long stamp, long epoch, Map<String, long[]> received) {

	/**
	 * Writes the session.
	 * @return a new array
	 */
	public byte[] toBytes() {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream(1024);
		CodedOutputStream out = CodedOutputStream.newInstance(bytes);
		try {
			byte[] state = this.snapshot.toBytes();
			out.writeByteArrayNoTag(state);
			writePackets(out);
			this.routes.write(out);
			out.writeUInt32NoTag(this.groups.size());
			for (String group : this.groups) {
				out.writeStringNoTag(group);
			}
			out.writeUInt64NoTag(this.stamp);
			out.writeUInt64NoTag(this.epoch);
			out.writeUInt32NoTag(this.received.size());
			for (Map.Entry<String, long[]> pushes : this.received.entrySet()) {
				out.writeStringNoTag(pushes.getKey());
				out.writeUInt64NoTag(pushes.getValue()[0]);
				out.writeUInt64NoTag(pushes.getValue()[1]);
			}
			out.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	private void writePackets(CodedOutputStream out) throws IOException {
		out.writeStringNoTag(this.packets.protocol());
		out.writeUInt32NoTag(this.packets.tokens().size());
		for (ResumeToken token : this.packets.tokens()) {
			out.writeFixed64NoTag(token.session());
			out.writeFixed64NoTag(token.high());
			out.writeFixed64NoTag(token.low());
		}
		out.writeUInt64NoTag(this.packets.received());
		out.writeUInt64NoTag(this.packets.sent());
		out.writeUInt64NoTag(this.packets.sentBefore());
		out.writeUInt32NoTag(this.packets.kept().size());
		for (ResumeState.Packet packet : this.packets.kept()) {
			out.writeBoolNoTag(packet.isPush());
			out.writeByteArrayNoTag(packet.bytes());
		}
		out.writeBoolNoTag(this.packets.overflowed());
	}

	/**
	 * Reads a session.
	 * @param bytes the bytes of {@link #toBytes()}
	 * @param codec reads the snapshot
	 * @return the session
	 * @throws FrameException if the bytes are malformed
	 */
	public static SessionTransfer read(byte[] bytes, FrameCodec codec) {
		CodedInputStream in = CodedInputStream.newInstance(bytes);
		try {
			in.pushLimit(bytes.length);
			byte[] state = in.readByteArray();
			CodedInputStream frame = CodedInputStream.newInstance(state);
			frame.pushLimit(state.length);
			if (!(codec.read(frame) instanceof SessionSnapshot snapshot)) {
				throw new IOException("no snapshot");
			}
			ResumeState packets = readPackets(in);
			Routes routes = Routes.read(in);
			List<String> groups = new ArrayList<>();
			for (int i = Fields.readCount(in); i > 0; i--) {
				groups.add(in.readString());
			}
			long stamp = in.readUInt64();
			long epoch = in.readUInt64();
			return new SessionTransfer(snapshot, packets, routes, groups, stamp, epoch, readPushes(in));
		}
		catch (IOException ex) {
			throw new FrameException("Not a session of this cluster: " + ex.getMessage(), ex);
		}
	}

	private static Map<String, long[]> readPushes(CodedInputStream in) throws IOException {
		Map<String, long[]> received = new HashMap<>();
		for (int i = Fields.readCount(in); i > 0; i--) {
			received.put(in.readString(), new long[] { in.readUInt64(), in.readUInt64() });
		}
		return received;
	}

	private static ResumeState readPackets(CodedInputStream in) throws IOException {
		String protocol = in.readString();
		List<ResumeToken> tokens = new ArrayList<>();
		for (int i = Fields.readCount(in); i > 0; i--) {
			tokens.add(new ResumeToken(in.readFixed64(), in.readFixed64(), in.readFixed64()));
		}
		long received = in.readUInt64();
		long sent = in.readUInt64();
		long sentBefore = in.readUInt64();
		List<ResumeState.Packet> kept = new ArrayList<>();
		for (int i = Fields.readCount(in); i > 0; i--) {
			boolean isPush = in.readBool();
			kept.add(new ResumeState.Packet(in.readByteArray(), isPush));
		}
		return new ResumeState(protocol, tokens, received, sent, sentBefore, kept, in.readBool());
	}

	/**
	 * The nodes that know a session.
	 *
	 * @param components the node of each component that was used or bound
	 * @param copies the nodes with a copy of its state, each with the number of the last
	 * change by that node
	 * @param sequence the number of the last message that was sent to another node
	 */
	public record Routes(Map<String, ChosenNode> components, Map<String, Long> copies, long sequence) {

		private static Routes read(CodedInputStream in) throws IOException {
			Map<String, ChosenNode> components = new HashMap<>();
			for (int i = Fields.readCount(in); i > 0; i--) {
				components.put(in.readString(), new ChosenNode(in.readString(), in.readBool()));
			}
			Map<String, Long> copies = new HashMap<>();
			for (int i = Fields.readCount(in); i > 0; i--) {
				copies.put(in.readString(), in.readUInt64());
			}
			return new Routes(components, copies, in.readUInt64());
		}

		private void write(CodedOutputStream out) throws IOException {
			out.writeUInt32NoTag(this.components.size());
			for (Map.Entry<String, ChosenNode> component : this.components.entrySet()) {
				out.writeStringNoTag(component.getKey());
				out.writeStringNoTag(component.getValue().node());
				out.writeBoolNoTag(component.getValue().byGame());
			}
			out.writeUInt32NoTag(this.copies.size());
			for (Map.Entry<String, Long> copy : this.copies.entrySet()) {
				out.writeStringNoTag(copy.getKey());
				out.writeUInt64NoTag(copy.getValue());
			}
			out.writeUInt64NoTag(this.sequence);
		}

	}

	/**
	 * The node of a component.
	 *
	 * @param node its id
	 * @param byGame whether the game has bound the session to it, and not the strategy
	 */
	public record ChosenNode(String node, boolean byGame) {
	}

}
