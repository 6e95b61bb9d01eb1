package io.nanogame.client;

import java.util.ArrayList;
import java.util.List;

import org.jspecify.annotations.Nullable;

/**
 * A join without a reply, and the pushes since the latest whole state, which arrives
 * before the reply. Confined to the tasks of the rooms.
 */
final class RoomJoin {

	private final String kind;

	private final @Nullable String reserved;

	private final List<RoomPush> pushes = new ArrayList<>();

	/**
	 * Creates a join.
	 * @param reserved the id of the room; null if it is unknown
	 */
	RoomJoin(String kind, @Nullable String reserved) {
		this.kind = kind;
		this.reserved = reserved;
	}

	String kind() {
		return this.kind;
	}

	/** Returns the id of the room; null if it is unknown. */
	@Nullable String id() {
		return (this.reserved == null && !this.pushes.isEmpty()) ? this.pushes.get(0).room() : this.reserved;
	}

	void keep(RoomPush push) {
		if (!push.kind().equals(this.kind) || (this.reserved != null && !this.reserved.equals(push.room()))) {
			return;
		}
		if (push.isWhole()) {
			this.pushes.clear();
			this.pushes.add(push);
		}
		else if (!this.pushes.isEmpty() && push.room().equals(id())) {
			// Others are of an earlier seat.
			this.pushes.add(push);
		}
	}

	void replayTo(RoomSeat seat) {
		this.pushes.forEach(seat::receive);
	}

}
