package io.nanogame.spring.room;

import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import io.nanogame.spring.room.RoomTransfer.ListingContents;
import org.jspecify.annotations.Nullable;

/**
 * How a room appears in lists. Confined to the lane of the room, unless a method states
 * otherwise.
 */
final class Listing {

	/** The approximate length in bytes without metadata. */
	private static final int LENGTH = 200;

	private final HostedRoom<?> room;

	private final Map<String, Object> metadata = new LinkedHashMap<>();

	/** The lengths of the metadata in bytes. */
	private final Map<String, Integer> lengths = new HashMap<>();

	private volatile int length = LENGTH;

	private boolean locked;

	private volatile boolean hidden;

	private volatile @Nullable RoomInfo latest;

	Listing(HostedRoom<?> room) {
		this.room = room;
	}

	/** Returns the room; null if it is hidden or closed. Any thread. */
	@Nullable RoomInfo listed() {
		return this.hidden ? null : this.latest;
	}

	/** Returns the room also if it is hidden; null if it is closed. Any thread. */
	@Nullable RoomInfo latest() {
		return this.latest;
	}

	/** Returns the room as it is now. */
	RoomInfo info() {
		Seats seats = this.room.occupants().count();
		return new RoomInfo(this.room.id(), this.room.kind(), seats.taken() + seats.reserved(), seats.all(),
				this.room.occupants().spectatorCount(), this.locked, Map.copyOf(this.metadata));
	}

	/** Publishes what has changed. */
	void update() {
		this.latest = this.room.isClosed() ? null : info();
	}

	/** Returns the approximate length in bytes. Any thread. */
	int length() {
		return this.length;
	}

	boolean isLocked() {
		return this.locked;
	}

	void lock(boolean isLocked) {
		this.locked = isLocked;
		update();
	}

	void hide(boolean isHidden) {
		this.hidden = isHidden;
	}

	/** Returns what the next node needs. */
	ListingContents save() {
		String written = new String(this.room.host().messages().json().write(this.metadata), StandardCharsets.UTF_8);
		return new ListingContents(this.locked, this.hidden, written);
	}

	/** Continues as on the former node. */
	void restore(ListingContents saved) {
		this.room.host().states().readObject(saved.metadata()).forEach(this::put);
		this.hidden = saved.hidden();
		this.locked = saved.locked();
	}

	void put(String name, Object value) {
		// Fails here rather than in each list that contains the room.
		byte[] written = this.room.host().messages().json().write(Map.of(name, value));
		this.lengths.put(name, written.length);
		this.length = LENGTH + this.lengths.values().stream().mapToInt(Integer::intValue).sum();
		this.metadata.put(name, value);
		update();
	}

}
