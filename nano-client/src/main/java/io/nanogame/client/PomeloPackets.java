package io.nanogame.client;

import java.time.Duration;
import java.util.concurrent.TimeUnit;

import io.nanogame.protocol.Acknowledgement;
import io.nanogame.protocol.HandshakeRequest;
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
import io.nanogame.protocol.ResumeReply;
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

	private static final int UNAVAILABLE = 503;

	private final Link link;

	private final ClientSettings settings;

	private final PacketDecoder packets;

	private volatile MessageEncoder encoder = new MessageEncoder(RouteDictionary.EMPTY);

	// Confined to the event loop

	private MessageDecoder messages;

	private boolean open;

	/** Counts packets if the session can be resumed, else null. */
	private @Nullable Positions positions;

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
		send(PacketType.HANDSHAKE, request().toJson());
	}

	private HandshakeRequest request() {
		HandshakeRequest request = this.settings.handshake();
		return this.settings.resumes()
				? new HandshakeRequest(request.client(), request.userPart(), this.link.session().resumeRequest())
				: request;
	}

	// In

	@Override
	public void read(ByteBuf in) {
		this.unanswered = 0;
		this.packets.decode(in, this);
		if (this.positions != null && this.positions.isDue() && !this.link.isEnded()) {
			sendHeartbeat();
		}
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
			case HEARTBEAT -> heartbeat(in, length);
			case HANDSHAKE_ACK -> {
				// Only clients send it.
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
			rejected(response, body);
			return;
		}
		ResumeReply resume = this.settings.resumes() ? ResumeReply.parse(body) : null;
		if (resume != null && resume.state() == ResumeReply.State.RESUMED) {
			resumed(resume);
		}
		else {
			opened(response, resume);
		}
	}

	private void rejected(HandshakeResponse response, byte[] body) {
		Duration retry = (response.code() == UNAVAILABLE) ? ResumeReply.parseRetry(body) : null;
		if (response.code() == UNAVAILABLE && this.link.session().hasToken()
				|| retry != null && this.settings.resumes()) {
			this.link.unavailable("The server cannot accept the client now: " + response.message(), retry);
		}
		else {
			this.link.end(new HandshakeRefusedException(response.code(), response.message()));
		}
	}

	private void opened(HandshakeResponse response, @Nullable ResumeReply resume) {
		ClientSession session = this.link.session();
		if (session.hasToken()) {
			KickedException kick = KickedException.missed(resume);
			if (kick != null) {
				this.link.end(kick);
				return;
			}
			this.link.sessionLost(SessionLostException.of(resume));
		}
		session.renew(response, resume);
		this.encoder = new MessageEncoder(response.dictionary());
		accept(session, resume != null);
		this.link.accepted();
		session.start(this.link, false);
		this.link.opened(response);
	}

	private void resumed(ResumeReply resume) {
		ClientSession session = this.link.session();
		session.resume(resume);
		accept(session, true);
		session.start(this.link, true);
		this.link.opened(null);
	}

	private void accept(ClientSession session, boolean resumable) {
		this.open = true;
		this.positions = resumable ? session.positions() : null;
		this.messages = decoder(session.dictionary());
		send(PacketType.HANDSHAKE_ACK, new byte[0]);
		startHeartbeat(session.heartbeatSeconds());
	}

	private void message(ByteBuf in, int length) {
		if (!this.open) {
			throw new ProtocolException(ProtocolException.Reason.BAD_HANDSHAKE);
		}
		Message message = this.messages.decode(in, length);
		if (this.positions != null) {
			this.positions.packetReceived(PacketDecoder.HEADER_LENGTH + length);
		}
		if (message.type() == MessageType.RESPONSE) {
			this.link.response(message);
		}
		else if (message.type() == MessageType.PUSH) {
			this.link.push(message);
		}
	}

	private void kicked(Kick kick) {
		if (kick.isMoving() && this.positions != null) {
			this.link.eventLoop()
				.schedule(() -> this.link.lost("The server moves its clients", null), kick.afterMillis(),
						TimeUnit.MILLISECONDS);
			return;
		}
		this.link.end(new KickedException(kick.reason(), kick.reconnect()));
	}

	// Heartbeat

	/**
	 * read() has reset the counter, which is all that a heartbeat without a number is
	 * for. A resumed connection without one counts as a failed attempt.
	 */
	private void heartbeat(ByteBuf in, int length) {
		if (this.positions != null) {
			this.link.session().confirm(Acknowledgement.read(in, length));
			this.link.accepted();
		}
	}

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
			sendHeartbeat();
		}
	}

	private void sendHeartbeat() {
		if (this.positions != null) {
			this.link.write(this.positions.acknowledge());
			this.link.flush();
		}
		else {
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
	public void endSession() {
		if (!this.settings.isWebSocket()) {
			this.link.write(new byte[] { (byte) PacketType.KICK.code(), 0, 0, 0 });
		}
	}

	@Override
	public void ended() {
		if (this.timer != null) {
			this.timer.cancel(false);
			this.timer = null;
		}
	}

}
