package io.nanogame.spring.room;

import com.fasterxml.jackson.annotation.JsonInclude;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.node.ObjectNode;

/**
 * A version of a state, as clients have it. Thread-safe.
 */
final class StateCopy {

	/** The route of pushes with states and their changes. */
	static final String ROUTE = "room.state";

	private final long version;

	private final ObjectNode tree;

	/** The push to clients that receive protobuf; null until there is one. */
	private volatile byte @Nullable [] protobuf;

	/**
	 * Creates a copy.
	 * @param version counts the changes; the version of the first copy is 1
	 * @param tree the state; never changed
	 */
	StateCopy(long version, ObjectNode tree) {
		this.version = version;
		this.tree = tree;
	}

	long version() {
		return this.version;
	}

	/**
	 * Compares the copy with the state.
	 * @param next the state as it is now
	 * @return null if nothing has changed
	 */
	@Nullable Change to(ObjectNode next) {
		ObjectNode patch = MergePatch.between(this.tree, next);
		return (patch != null) ? new Change(new StateCopy(this.version + 1, next), patch) : null;
	}

	/** Returns the push to a client without a copy. */
	StatePush whole(HostedRoom<?> room) {
		return new StatePush(room.kind(), room.id(), this.version, this.tree, null);
	}

	/** Returns the same as protobuf, which is written once for all clients. */
	byte[] protobuf(HostedRoom<?> room) {
		byte[] written = this.protobuf;
		if (written == null) {
			written = ProtobufFields.write(whole(room));
			this.protobuf = written;
			room.host().observer().stateSent(room.kind(), true, written.length);
		}
		return written;
	}

	/**
	 * The change to the next version of a state.
	 *
	 * @param copy the next version
	 * @param patch the difference
	 */
	record Change(StateCopy copy, ObjectNode patch) {

		/** Returns the push to clients that have the previous version. */
		StatePush push(HostedRoom<?> room) {
			return new StatePush(room.kind(), room.id(), this.copy.version, null, this.patch);
		}

	}

	/**
	 * The payload of a push: the whole state, or the change since the version before.
	 *
	 * @param kind the kind of the room
	 * @param room its id
	 * @param version the version of the state
	 * @param state the whole state, or null
	 * @param patch the change, or null; not sent as protobuf
	 */
	@JsonInclude(JsonInclude.Include.NON_NULL)
	record StatePush(String kind, String room, long version, @Nullable ObjectNode state,
			@Nullable ObjectNode patch) implements ClientMessage {

		@Override
		public void writeTo(ProtobufFields fields) {
			fields.text(1, this.kind).text(2, this.room).number(3, this.version).object(4, this.state);
		}

	}

}
