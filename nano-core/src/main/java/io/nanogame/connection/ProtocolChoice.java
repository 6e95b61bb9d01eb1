package io.nanogame.connection;

import java.time.Duration;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

import io.nanogame.protocol.ProtocolException;
import io.nanogame.protocol.ProtocolException.Reason;
import io.nanogame.session.CloseReason;
import io.nanogame.session.OutboundMessage;
import io.netty.buffer.ByteBuf;
import org.jspecify.annotations.Nullable;

/**
 * Several protocols of one listener. Thread-safe.
 */
final class ProtocolChoice implements Protocol {

	/** The maximum number of bytes for the detection of a protocol. */
	private static final int MAX_DETECTION = 256;

	private final List<Protocol> protocols;

	ProtocolChoice(List<Protocol> protocols) {
		this.protocols = protocols;
	}

	@Override
	public String name() {
		return this.protocols.stream().map(Protocol::name).collect(Collectors.joining("+"));
	}

	/** Returns the traits that all of them have. */
	@Override
	public Set<ProtocolTrait> traits() {
		return this.protocols.stream().map(Protocol::traits).reduce(ProtocolChoice::common).orElse(Set.of());
	}

	private static Set<ProtocolTrait> common(Set<ProtocolTrait> some, Set<ProtocolTrait> others) {
		return some.stream().filter(others::contains).collect(Collectors.toUnmodifiableSet());
	}

	/** Never called, because a choice is not nested in another one. */
	@Override
	public Match detect(ByteBuf first) {
		throw new UnsupportedOperationException();
	}

	@Override
	public ProtocolConnection open(ClientConnection connection) {
		return new Undecided(connection);
	}

	/** Returns null while the result depends on bytes that were not received yet. */
	private @Nullable Protocol detected(ByteBuf first) {
		boolean more = false;
		for (Protocol protocol : this.protocols) {
			Match match = protocol.detect(first);
			if (match == Match.YES) {
				return protocol;
			}
			more |= match == Match.MORE;
		}
		if (more && first.readableBytes() < MAX_DETECTION) {
			return null;
		}
		throw new ProtocolException(Reason.UNKNOWN_PROTOCOL);
	}

	/** Delegates to a protocol once the first bytes of the client have determined it. */
	private final class Undecided implements ProtocolConnection {

		private final ClientConnection connection;

		private @Nullable ProtocolConnection decided;

		Undecided(ClientConnection connection) {
			this.connection = connection;
		}

		@Override
		public void receive(ByteBuf in) {
			if (this.decided == null && in.isReadable()) {
				Protocol protocol = detected(in);
				this.decided = (protocol != null) ? Protocols.open(protocol, this.connection) : null;
			}
			if (this.decided != null) {
				this.decided.receive(in);
			}
		}

		@Override
		public void wireReplaced() {
			decided().wireReplaced();
		}

		@Override
		public int announcedLength(ByteBuf rest) {
			return (this.decided != null) ? this.decided.announcedLength(rest) : 0;
		}

		@Override
		public int consumed() {
			return (this.decided != null) ? this.decided.consumed() : 0;
		}

		@Override
		public boolean isReplyQueueFull() {
			return this.decided != null && this.decided.isReplyQueueFull();
		}

		@Override
		public void check(OutboundMessage message) {
			decided().check(message);
		}

		@Override
		public boolean sendsHeartbeats() {
			return this.decided == null || this.decided.sendsHeartbeats();
		}

		@Override
		public void append(Wire wire, OutboundMessage message) {
			decided().append(wire, message);
		}

		@Override
		public byte[] encode(OutboundMessage message) {
			return decided().encode(message);
		}

		@Override
		public void appendKept(Wire wire, byte[] packet) {
			decided().appendKept(wire, packet);
		}

		@Override
		public void append(Wire wire, OutboundMessage push, byte[] packet) {
			decided().append(wire, push, packet);
		}

		@Override
		public BroadcastForm broadcastForm() {
			return decided().broadcastForm();
		}

		@Override
		public byte @Nullable [] farewell(CloseReason reason) {
			return decided().farewell(reason);
		}

		@Override
		public byte @Nullable [] moveRequest(Duration after) {
			return decided().moveRequest(after);
		}

		@Override
		public void ended() {
			if (this.decided != null) {
				this.decided.ended();
			}
		}

		@Override
		public void relay() {
			decided().relay();
		}

		@Override
		public void adopt(ProtocolConnection newer) {
			decided().adopt(newer);
		}

		/**
		 * Returns the first protocol for a client that is rejected before its first byte.
		 */
		@Override
		public ProtocolConnection decided() {
			ProtocolConnection current = this.decided;
			return (current != null) ? current : Protocols.open(ProtocolChoice.this.protocols.get(0), this.connection);
		}

	}

}
