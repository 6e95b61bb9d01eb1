package io.nanogame.client;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.nanogame.protocol.HandshakeResponse;
import io.nanogame.protocol.Kick;
import io.nanogame.protocol.Message;
import io.nanogame.protocol.MessageDecoder;
import io.nanogame.protocol.MessageEncoder;
import io.nanogame.protocol.MessageType;
import io.nanogame.protocol.PacketDecoder;
import io.nanogame.protocol.PacketEncoder;
import io.nanogame.protocol.PacketHandler;
import io.nanogame.protocol.PacketType;
import io.nanogame.protocol.ProtocolException;
import io.nanogame.protocol.RouteDictionary;
import io.nanogame.protocol.RouteNames;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.util.concurrent.Future;
import org.jspecify.annotations.Nullable;

/** The protocol of the pomelo family: handshake, heartbeat, messages and kick. */
final class PomeloPackets implements ClientProtocol, PacketHandler {

	/** Heartbeats in a row after which a server that has sent nothing is lost. */
	private static final int MAX_UNANSWERED = 2;

	private final Link link;

	private final ClientSettings settings;

	private final PacketDecoder packets;

	private volatile MessageEncoder encoder = new MessageEncoder(RouteDictionary.EMPTY);

	// Confined to the event loop

	private MessageDecoder messages;

	private boolean open;

	/** The time-out of the handshake, then the heartbeat. */
	private @Nullable Future<?> timer;

	/** Heartbeats sent since the last read. */
	private int unanswered;

	PomeloPackets(Link link, ClientSettings settings) {
		this.link = link;
		this.settings = settings;
		this.packets = new PacketDecoder(settings.maxPacketLength());
		this.messages = decoder(RouteDictionary.EMPTY);
	}

	private MessageDecoder decoder(RouteDictionary codes) {
		return new MessageDecoder(codes, new RouteNames(codes.asMap().keySet()), this.settings.maxPacketLength());
	}

	/** Sends the handshake. */
	@Override
	public void start() {
		Duration timeout = this.settings.connectTimeout();
		this.timer = this.link.eventLoop()
			.schedule(() -> this.link.lost("The server did not reply to the handshake in time", null),
					timeout.toNanos(), TimeUnit.NANOSECONDS);
		send(PacketType.HANDSHAKE, this.settings.handshake().toJson());
	}

	// In

	@Override
	public void read(ByteBuf in) {
		this.unanswered = 0;
		this.packets.decode(in, this);
	}

	@Override
	public boolean packet(PacketType type, ByteBuf in, int length) {
		WireTap tap = this.settings.wireTap();
		if (tap != null) {
			tap.packet(false, ByteBufUtil.getBytes(in, in.readerIndex() - PacketDecoder.HEADER_LENGTH,
					PacketDecoder.HEADER_LENGTH + length));
		}
		switch (type) {
			case HANDSHAKE -> handshake(ByteBufUtil.getBytes(in, in.readerIndex(), length));
			case DATA -> message(in, length);
			case KICK -> kicked(Kick.parse(ByteBufUtil.getBytes(in, in.readerIndex(), length)));
			case HEARTBEAT, HANDSHAKE_ACK -> {
				// read() has reset the counter, which is all that a heartbeat is for.
			}
		}
		return !this.link.isEnded();
	}

	private void handshake(byte[] body) {
		if (this.open) {
			return;
		}
		HandshakeResponse response = HandshakeResponse.parse(body);
		if (!response.isAccepted()) {
			this.link.end(new HandshakeRefusedException(response.code(), response.message()));
			return;
		}
		this.open = true;
		this.encoder = new MessageEncoder(response.dictionary());
		this.messages = decoder(response.dictionary());
		send(PacketType.HANDSHAKE_ACK, new byte[0]);
		startHeartbeat(response.heartbeatSeconds());
		this.link.accepted();
		this.link.opened(response);
	}

	private void message(ByteBuf in, int length) {
		if (!this.open) {
			throw new ProtocolException(ProtocolException.Reason.BAD_HANDSHAKE);
		}
		Message message = this.messages.decode(in, length);
		if (message.type() == MessageType.RESPONSE) {
			this.link.response(message);
		}
		else if (message.type() == MessageType.PUSH) {
			this.link.push(message);
		}
	}

	private void kicked(Kick kick) {
		this.link.end(new KickedException(kick.reason(), kick.reconnect()));
	}

	// Heartbeat

	/**
	 * Servers either echo heartbeats or send their own. Any packet counts as a sign of
	 * life.
	 */
	private void startHeartbeat(int seconds) {
		ended();
		if (seconds > 0) {
			this.timer = this.link.eventLoop().scheduleAtFixedRate(this::heartbeat, seconds, seconds, TimeUnit.SECONDS);
		}
	}

	private void heartbeat() {
		if (this.unanswered == MAX_UNANSWERED) {
			this.link.lost("No packet was received for two heartbeats", null);
		}
		else {
			this.unanswered++;
			send(PacketType.HEARTBEAT, new byte[0]);
		}
	}

	// Out

	@Override
	public void send(MessageType type, long id, String route, byte[] body) {
		MessageEncoder codec = this.encoder;
		ByteBuf out = this.link.buffer(codec.packetLength(type, id, route, body, true));
		try {
			codec.encodePacket(out, type, id, route, body, false, true);
		}
		catch (ProtocolException ex) {
			out.release();
			throw ex;
		}
		this.link.write(out);
	}

	private void send(PacketType type, byte[] body) {
		ByteBuf out = this.link.buffer(PacketDecoder.HEADER_LENGTH + body.length);
		PacketEncoder.encode(out, type, body);
		this.link.write(out);
	}

	// The end

	/** A kick is a packet of its own, and needs no close. */
	@Override
	public @Nullable NanoClientException reasonOfClose() {
		return null;
	}

	@Override
	public void ended() {
		if (this.timer != null) {
			this.timer.cancel(false);
			this.timer = null;
		}
	}

}
