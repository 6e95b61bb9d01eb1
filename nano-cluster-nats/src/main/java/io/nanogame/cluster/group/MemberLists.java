package io.nanogame.cluster.group;

import java.util.List;
import java.util.function.Consumer;

import io.nanogame.cluster.frame.MemberFrame.MemberList;
import io.nanogame.cluster.frame.MemberSnapshot;
import io.nanogame.serialize.SerializationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The members of a node as frames, each for a range of session ids and short enough for
 * NATS. A session of a range that is not in its frame is no member.
 */
final class MemberLists {

	private static final Logger log = LoggerFactory.getLogger(MemberLists.class);

	/** The maximum number of members in one frame. */
	private static final int MAX_MEMBERS = 500;

	private final String group;

	MemberLists(String group) {
		this.group = group;
	}

	/**
	 * Sends all members. Sends nothing if there are none.
	 * @param members the members, sorted by their ids
	 * @param sender sends a frame
	 */
	void send(List<MemberSnapshot> members, Consumer<MemberList> sender) {
		long first = 0;
		for (int i = 0; i < members.size(); i += MAX_MEMBERS) {
			List<MemberSnapshot> part = members.subList(i, Math.min(i + MAX_MEMBERS, members.size()));
			boolean isLast = i + MAX_MEMBERS >= members.size();
			long last = isLast ? Long.MAX_VALUE : part.get(part.size() - 1).session();
			send(first, last, part, sender);
			first = last + 1;
		}
	}

	/** Sends that there are no members. */
	void sendEmpty(Consumer<MemberList> sender) {
		send(0, Long.MAX_VALUE, List.of(), sender);
	}

	/** Splits the list while the frame exceeds what NATS accepts. */
	private void send(long first, long last, List<MemberSnapshot> part, Consumer<MemberList> sender) {
		try {
			sender.accept(new MemberList(this.group, first, last, part));
		}
		catch (SerializationException ex) {
			if (part.size() < 2) {
				log.warn("Other nodes do not see a member of group '{}': {}", this.group, ex.getMessage());
				return;
			}
			int half = part.size() / 2;
			long middle = part.get(half - 1).session();
			send(first, middle, part.subList(0, half), sender);
			send(middle + 1, last, part.subList(half, part.size()), sender);
		}
	}

	/** Returns a frame without members, for all sessions. */
	static MemberList empty(String group) {
		return new MemberList(group, 0, Long.MAX_VALUE, List.of());
	}

}
