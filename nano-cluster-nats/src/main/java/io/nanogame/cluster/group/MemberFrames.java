package io.nanogame.cluster.group;

import java.util.List;
import java.util.function.Consumer;

import io.nanogame.cluster.wire.FrameWriter;
import io.nanogame.cluster.wire.Seated;
import io.nanogame.serialize.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Writes the members of a node in frames, each for a range of session ids and short
 * enough for NATS. A session of a range that is not in its frame is no member.
 */
final class MemberFrames {

	private static final Logger log = LoggerFactory.getLogger(MemberFrames.class);

	/** The most members in one frame. */
	private static final int PIECE = 500;

	private final FrameWriter writer;

	private final String group;

	MemberFrames(FrameWriter writer, String group) {
		this.writer = writer;
		this.group = group;
	}

	/**
	 * Writes all of them; without any nothing.
	 * @param members by their ids
	 * @param way takes the frames
	 */
	void write(List<Seated> members, Consumer<byte[]> way) {
		long first = 0;
		for (int i = 0; i < members.size(); i += PIECE) {
			List<Seated> piece = members.subList(i, Math.min(i + PIECE, members.size()));
			boolean rest = i + PIECE >= members.size();
			long last = rest ? Long.MAX_VALUE : piece.get(piece.size() - 1).session();
			write(first, last, piece, way);
			first = last + 1;
		}
	}

	/** Writes that there are none. */
	void writeNone(Consumer<byte[]> way) {
		write(0, Long.MAX_VALUE, List.of(), way);
	}

	/** Splits the list while the frame exceeds what NATS takes. */
	private void write(long first, long last, List<Seated> piece, Consumer<byte[]> way) {
		try {
			way.accept(this.writer.members(this.group, first, last, piece));
		}
		catch (SerializationException ex) {
			if (piece.size() < 2) {
				log.warn("Other nodes do not see a member of group '{}': {}", this.group, ex.getMessage());
				return;
			}
			int half = piece.size() / 2;
			long middle = piece.get(half - 1).session();
			write(first, middle, piece.subList(0, half), way);
			write(middle + 1, last, piece.subList(half, piece.size()), way);
		}
	}

}
