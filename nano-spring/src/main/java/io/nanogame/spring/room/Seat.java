package io.nanogame.spring.room;

import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

import io.nanogame.session.Session;
import io.nanogame.session.Sessions;
import org.jspecify.annotations.Nullable;

/**
 * The place of a player or a spectator in a room. Confined to the lane of the room,
 * except for its final fields.
 */
final class Seat {

	private static final String PLAYER = "u";

	private static final String GUEST = "s";

	final HostedRoom<?> room;

	final Session session;

	final boolean spectator;

	/** Whether the client receives protobuf, and so whole states but no changes. */
	final boolean protobuf;

	final SeatEnd end = new SeatEnd(this);

	/** Under which the player has its place. */
	private String key;

	/** Whether the room has accepted the player. */
	boolean joined;

	/** Why the player has left; null before. */
	@Nullable LeaveReason left;

	/** The answer of the room to the join. */
	@Nullable Object answer;

	/**
	 * The copy of its view, if each client has another one. Written by the lane, read by
	 * a client that has missed changes.
	 */
	volatile @Nullable StateCopy copy;

	/** The copy that was sent last as a whole, to a client without changes. */
	@Nullable StateCopy sent;

	/** What the client sees, which others with the same copy may see, too. */
	@Nullable Object seen;

	/** Whether the whole state was sent, and when it was sent last. */
	private boolean hasWhole;

	private long wholeNanos;

	Seat(HostedRoom<?> room, Session session, String key, boolean spectator) {
		this.room = room;
		this.session = session;
		this.spectator = spectator;
		this.protobuf = ClientMessages.isProtobuf(session);
		this.key = key;
	}

	/** The whole state is sent. */
	void wholeSent(long nowNanos) {
		this.hasWhole = true;
		this.wholeNanos = nowNanos;
	}

	/** Returns whether the client may request the whole state: once a second. */
	boolean mayRequestWhole(long nowNanos) {
		return !this.hasWhole || nowNanos - this.wholeNanos >= TimeUnit.SECONDS.toNanos(1);
	}

	/** Returns the key under which the player has its place. */
	String key() {
		return this.key;
	}

	/** The session was bound or unbound, and the place has moved. */
	void rename(String newKey) {
		this.key = newKey;
	}

	/** Returns the key of a player: its uid, or for a guest its session. */
	static String key(Session session) {
		String uid = session.uid();
		return (uid != null) ? key(uid) : guest(session.id());
	}

	static String key(String uid) {
		return PLAYER + uid;
	}

	static String guest(long session) {
		return GUEST + session;
	}

	/** Returns the sessions of the player with a key. */
	static Stream<Session> sessions(String key, Sessions all) {
		String id = key.substring(1);
		return key.startsWith(GUEST) ? all.find(Long.parseLong(id)).stream() : all.findByUid(id).stream();
	}

}
