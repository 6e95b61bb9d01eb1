package io.nanogame.resume;

import java.util.ArrayDeque;
import java.util.List;
import java.util.function.Consumer;

import io.nanogame.protocol.ProtocolException;
import io.nanogame.protocol.ProtocolException.Reason;
import org.jspecify.annotations.Nullable;

/**
 * The packets that were sent in one session, numbered from 1. Keeps the last ones that
 * the client has not confirmed, up to a number of bytes. Confined to the loop of the
 * session.
 */
public final class SentPackets {

	private final ResumableSessions shared;

	/** The number of the last packet. */
	private long sent;

	/** The number of the last packet that the client has confirmed. */
	private long confirmed;

	/** The newest packets, up to {@code sent}. Null while there are none. */
	private @Nullable ArrayDeque<KeptPacket> kept;

	private int bytes;

	/** The number of the last packet that was sent before the cut. */
	private long sentBefore;

	/** Whether a packet was dropped that the client has not received. */
	private boolean overflowed;

	SentPackets(ResumableSessions shared) {
		this.shared = shared;
	}

	/** Has the packets of another server. */
	void restore(ResumeState state) {
		this.sent = state.sent() - state.kept().size();
		this.confirmed = this.sent;
		this.sentBefore = state.sentBefore();
		state.kept().forEach((packet) -> add(new KeptPacket(packet.bytes(), packet.isPush()), false));
		this.overflowed = state.overflowed();
	}

	/**
	 * Returns how many packets were sent in the session.
	 * @return the number of the last packet
	 */
	public long count() {
		return this.sent;
	}

	/**
	 * Returns how many packets were sent before the connection was cut.
	 * @return the number of the last packet before the cut
	 */
	public long countBeforeCut() {
		return this.sentBefore;
	}

	/**
	 * Returns the kept packets, for another server.
	 * @return the packets in order, a copy
	 */
	public List<ResumeState.Packet> unconfirmed() {
		return (this.kept == null) ? List.of()
				: this.kept.stream().map((packet) -> new ResumeState.Packet(packet.bytes(), packet.isPush())).toList();
	}

	/**
	 * Adds a packet, and drops the oldest ones while there are too many bytes. Has no
	 * effect after {@link #overflow()}.
	 * @param packet the packet, which becomes the next number
	 * @param isDetached whether the client has no connection
	 * @return false if a packet was dropped that the client without a connection cannot
	 * have received
	 */
	public boolean add(KeptPacket packet, boolean isDetached) {
		if (this.overflowed) {
			return true;
		}
		ArrayDeque<KeptPacket> present = keep(packet);
		this.sent++;
		int maxBytes = this.shared.settings().maxBytes();
		if (this.bytes <= maxBytes) {
			return true;
		}
		while (this.bytes > maxBytes) {
			drop(present);
		}
		return !isDetached || hasAllAfter(this.sentBefore);
	}

	/** The connection was cut. */
	public void cut() {
		this.sentBefore = this.sent;
	}

	/**
	 * Keeps no packets any more, because the session cannot continue.
	 * @return whether this is the first call
	 */
	public boolean overflow() {
		boolean first = !this.overflowed;
		this.overflowed = true;
		clear();
		return first;
	}

	/**
	 * Returns whether the session cannot continue, because too many packets were kept.
	 * @return true after {@link #overflow()}, until {@link #restart()}
	 */
	public boolean isOverflowed() {
		return this.overflowed;
	}

	/** Keeps packets again, for another client. */
	public void restart() {
		if (this.overflowed) {
			this.overflowed = false;
			cut();
		}
	}

	private ArrayDeque<KeptPacket> keep(KeptPacket packet) {
		ArrayDeque<KeptPacket> present = this.kept;
		if (present == null) {
			present = new ArrayDeque<>(7);
			this.kept = present;
		}
		present.add(packet);
		this.bytes += packet.length();
		this.shared.add(packet.hold());
		return present;
	}

	private void drop(ArrayDeque<KeptPacket> present) {
		KeptPacket oldest = present.remove();
		this.bytes -= oldest.length();
		this.shared.add(-oldest.release());
		if (present.isEmpty()) {
			this.kept = null;
		}
	}

	/**
	 * Drops the packets that the client has received.
	 * @param received the number of packets that the client has received
	 * @throws ProtocolException when it is less than before, or more than were sent
	 */
	public void confirm(long received) {
		if (received < this.confirmed || received > this.sent) {
			throw new ProtocolException(Reason.BAD_ACKNOWLEDGEMENT);
		}
		this.confirmed = received;
		while (this.kept != null && first() <= received) {
			drop(this.kept);
		}
	}

	/**
	 * Returns how many packets the client has confirmed.
	 * @return the number of the last one
	 */
	public long confirmedCount() {
		return this.confirmed;
	}

	/** Returns the number of the oldest packet that is kept. */
	private long first() {
		return this.sent + 1 - keptCount();
	}

	/**
	 * Returns whether all packets are kept that the client has not received.
	 * @param received the number of packets that the client has received
	 * @return false if one was dropped, so that the session cannot continue
	 */
	public boolean hasAllAfter(long received) {
		return !this.overflowed && first() - 1 <= received;
	}

	/**
	 * Passes the kept packets on, in order.
	 * @param receiver receives each packet, which must not be modified
	 */
	public void forEach(Consumer<byte[]> receiver) {
		if (this.kept != null) {
			this.kept.forEach((packet) -> receiver.accept(packet.bytes()));
		}
	}

	/**
	 * Returns the kept pushes that were sent since the cut.
	 * @return the pushes, in order
	 */
	public List<KeptPacket> pushesSinceCut() {
		if (this.kept == null) {
			return List.of();
		}
		long older = Math.max(0, this.sentBefore + 1 - first());
		return this.kept.stream().skip(older).filter(KeptPacket::isPush).toList();
	}

	/** Replaces the packets that the sessions of a loop share, to leave that loop. */
	public void unshare() {
		if (this.kept != null) {
			List<KeptPacket> shared = List.copyOf(this.kept);
			clear();
			for (KeptPacket packet : shared) {
				keep(new KeptPacket(packet.bytes(), packet.isPush()));
			}
		}
	}

	/** Drops all packets. */
	public void clear() {
		while (this.kept != null) {
			drop(this.kept);
		}
	}

	/**
	 * Returns the size of the kept packets.
	 * @return a number of bytes
	 */
	public long bytes() {
		return this.bytes;
	}

	/**
	 * Returns the number of kept packets.
	 * @return the number of packets that {@link #forEach} passes on
	 */
	public int keptCount() {
		return (this.kept != null) ? this.kept.size() : 0;
	}

}
