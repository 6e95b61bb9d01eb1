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
	 * Sends all members, or that there are none.
	 * @param number the number of their last change
	 * @param members the members, sorted by their ids
	 * @param sender sends a frame
	 */
	void send(long number, List<MemberSnapshot> members, Consumer<MemberList> sender) {
		if (members.isEmpty()) {
			sender.accept(empty(this.group, number));
		}
		long first = 0;
		for (int i = 0; i < members.size(); i += MAX_MEMBERS) {
			List<MemberSnapshot> part = members.subList(i, Math.min(i + MAX_MEMBERS, members.size()));
			boolean isLast = i + MAX_MEMBERS >= members.size();
			long last = isLast ? Long.MAX_VALUE : part.get(part.size() - 1).session();
			send(new MemberList(this.group, number, first, last, part), sender);
			first = last + 1;
		}
	}

	/** Splits the list while the frame exceeds what NATS accepts. */
	private static void send(MemberList list, Consumer<MemberList> sender) {
		List<MemberSnapshot> members = list.members();
		try {
			sender.accept(list);
		}
		catch (SerializationException ex) {
			int half = members.size() / 2;
			if (half > 0) {
				long middle = members.get(half - 1).session();
				send(part(list, list.first(), middle, members.subList(0, half)), sender);
				send(part(list, middle + 1, list.last(), members.subList(half, members.size())), sender);
				return;
			}
			log.warn("Other nodes do not see the attributes of a member of group '{}': {}", list.group(),
					ex.getMessage());
			sender.accept(part(list, list.first(), list.last(), List.of(members.get(0).withoutAttributes())));
		}
	}

	private static MemberList part(MemberList list, long first, long last, List<MemberSnapshot> members) {
		return new MemberList(list.group(), list.number(), first, last, members);
	}

	/** Returns a frame without members, for all sessions. */
	static MemberList empty(String group, long number) {
		return new MemberList(group, number, 0, Long.MAX_VALUE, List.of());
	}

}
