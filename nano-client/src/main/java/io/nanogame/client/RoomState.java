package io.nanogame.client;

import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;

/**
 * The copy of the state of a room in one version. Immutable.
 *
 * @param version the version; -1 if there is no state
 * @param tree the state, which must not be modified; {@code null} if there is none
 */
record RoomState(long version, @Nullable JsonNode tree) {

	static final RoomState NONE = new RoomState(-1, null);

	/**
	 * Returns the state after a push with the whole state or with a patch. A patch of a
	 * version that this state contains changes nothing.
	 * @return the state; {@code null} if patches before this one are missing
	 */
	@Nullable RoomState after(RoomPush push) {
		JsonNode patch = push.patch();
		if (patch == null) {
			return become(push.version(), push.state());
		}
		if (this.version >= 0 && push.version() == this.version + 1) {
			return become(push.version(), RoomTree.merge(this.tree, patch));
		}
		return (push.version() <= this.version) ? this : null;
	}

	private RoomState become(long next, @Nullable JsonNode state) {
		return new RoomState(next, (state != null) ? RoomTree.shareEqualParts(this.tree, state) : null);
	}

}
