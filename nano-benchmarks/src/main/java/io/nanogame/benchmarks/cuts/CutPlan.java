package io.nanogame.benchmarks.cuts;

import java.util.Random;

import io.nanogame.benchmarks.cuts.CutCounts.Method;
import io.nanogame.protocol.MessageType;
import io.nanogame.protocol.PacketType;

/**
 * Where, how and when one connection is cut: by chance. Confined to the loop of the
 * proxy.
 */
final class CutPlan {

	private static final double HANDSHAKES = 0.15;

	private static final double PACKETS = 0.4;

	private static final double REQUESTS = 0.3;

	private static final double SILENCES = 0.1;

	private static final double RESETS = 0.5;

	/** Longer than what is left of a handshake behind the token. */
	private static final int TOKEN_LENGTH = 70;

	private enum Aim {

		HANDSHAKE, PACKET, REQUEST, MOMENT

	}

	/** Where a resume handshake is cut. */
	private enum Stage {

		IN_REQUEST, AFTER_REQUEST, IN_REPLY, AFTER_REPLY, IN_ACKNOWLEDGEMENT

	}

	private final Random random;

	private final Aim aim;

	private final Stage stage;

	private final Method method;

	/** Whether a packet to the client is cut, or one to the server. */
	private final boolean down;

	private final long delayMillis;

	private boolean armed;

	/** The bytes of the packet that are forwarded; 0 until that is decided. */
	private int forwarded;

	CutPlan(Random random, long meanMillis) {
		this.random = random;
		double chance = random.nextDouble();
		this.aim = (chance < HANDSHAKES) ? Aim.HANDSHAKE : (chance < HANDSHAKES + PACKETS) ? Aim.PACKET
				: (chance < HANDSHAKES + PACKETS + REQUESTS) ? Aim.REQUEST : Aim.MOMENT;
		this.stage = Stage.values()[random.nextInt(Stage.values().length)];
		double how = random.nextDouble();
		this.method = (how < SILENCES) ? Method.SILENCE : (how < SILENCES + RESETS) ? Method.RESET : Method.END;
		this.down = random.nextBoolean();
		this.delayMillis = 1 + (long) (2 * meanMillis * random.nextDouble());
	}

	Method method() {
		return this.method;
	}

	/** Returns the milliseconds after which the connection is to be cut soon. */
	long delayMillis() {
		return this.delayMillis;
	}

	/**
	 * The time has come.
	 * @return whether the connection is cut at once, wherever that is
	 */
	boolean arm() {
		this.armed = true;
		return this.aim == Aim.MOMENT;
	}

	/**
	 * Returns whether the connection is cut after a byte.
	 * @param toClient the direction of the byte
	 * @param track has just read the byte
	 * @param up the direction to the server
	 */
	boolean isHere(boolean toClient, PacketTrack track, PacketTrack up) {
		return switch (this.aim) {
			case HANDSHAKE -> up.asksForSession() && isInHandshake(toClient, track);
			case PACKET -> this.armed && toClient == this.down && track.is(PacketType.DATA) && isInside(track);
			case REQUEST -> this.armed && !toClient && track.completed(MessageType.REQUEST) != null;
			case MOMENT -> false;
		};
	}

	private boolean isInHandshake(boolean toClient, PacketTrack track) {
		boolean handshake = track.is(PacketType.HANDSHAKE);
		return switch (this.stage) {
			case IN_REQUEST -> !toClient && handshake && isAfterToken(track);
			case AFTER_REQUEST -> !toClient && handshake && track.isCompleted();
			case IN_REPLY -> toClient && handshake && isInside(track);
			case AFTER_REPLY -> toClient && handshake && track.isCompleted();
			case IN_ACKNOWLEDGEMENT -> !toClient && track.is(PacketType.HANDSHAKE_ACK) && track.isInside();
		};
	}

	private boolean isAfterToken(PacketTrack track) {
		return track.isInside() && (this.random.nextInt(TOKEN_LENGTH) == 0);
	}

	/** One header in four is cut, and otherwise any place behind it. */
	private boolean isInside(PacketTrack track) {
		if (track.offset() == 1) {
			this.forwarded = (this.random.nextInt(4) == 0) ? 1 + this.random.nextInt(3) : 0;
		}
		int length = track.packetLength();
		if (this.forwarded == 0 && length > 0) {
			this.forwarded = track.offset() + this.random.nextInt(Math.max(1, length - track.offset()));
		}
		return track.isInside() && track.offset() == this.forwarded;
	}

}
