package io.nanogame.boot.test.slice;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.nanogame.boot.test.client.ErrorReply;
import io.nanogame.boot.test.client.RefusedException;
import io.nanogame.boot.test.client.ResumeResult;
import io.nanogame.memory.MemoryClient;
import io.nanogame.protocol.HandshakeRequest;
import io.nanogame.protocol.HandshakeResponse;
import io.nanogame.protocol.Kick;
import io.nanogame.protocol.PacketDecoder;
import io.nanogame.protocol.PacketEncoder;
import io.nanogame.protocol.PacketHandler;
import io.nanogame.protocol.PacketType;
import io.nanogame.protocol.ResumeReply;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * One connection of a player in memory, from its handshake to its end. Receives on the
 * loop; any thread may send.
 */
final class MemoryLink implements PacketHandler, MemoryClient.Receiver {

	private static final byte[] EMPTY = {};

	private final MemoryConnection player;

	private final PacketDecoder packets = new PacketDecoder(PacketDecoder.MAX_BODY_LENGTH);

	private final CompletableFuture<ResumeResult> opened = new CompletableFuture<>();

	/** Null until the handshake is sent. */
	private volatile @Nullable MemoryClient client;

	private volatile boolean resumes;

	/** What has become of the session; null until the server has accepted the player. */
	private volatile @Nullable ResumeResult result;

	MemoryLink(MemoryConnection player) {
		this.player = player;
	}

	/**
	 * Connects and sends the handshake.
	 * @param network to the server
	 * @param handshake of the player
	 */
	void open(MemoryNetwork network, HandshakeRequest handshake) {
		this.resumes = handshake.resume() != null;
		this.client = network.connect(this);
		send(PacketType.HANDSHAKE, handshake.toJson());
	}

	/** Completes when messages can be sent. */
	CompletableFuture<ResumeResult> opened() {
		return this.opened;
	}

	/**
	 * The server has accepted the player. It confirms with a heartbeat that messages can
	 * be sent.
	 */
	void accepted(ResumeResult session) {
		this.result = session;
	}

	boolean isAccepted() {
		return this.result != null;
	}

	// Out

	void send(PacketType type) {
		send(type, EMPTY);
	}

	private void send(PacketType type, byte[] body) {
		ByteBuf out = Unpooled.buffer();
		PacketEncoder.encode(out, type, body);
		send(ByteBufUtil.getBytes(out));
	}

	void send(byte[] packet) {
		MemoryClient connected = this.client;
		if (connected != null) {
			connected.send(packet);
		}
	}

	void startHeartbeat(VirtualTime time, int seconds) {
		if (seconds > 0) {
			time.newTimeout((timeout) -> {
				if (this.player.heartbeat(this)) {
					startHeartbeat(time, seconds);
				}
			}, seconds, TimeUnit.SECONDS);
		}
	}

	/** Breaks the connection. */
	void close() {
		MemoryClient connected = this.client;
		if (connected != null) {
			connected.close();
		}
	}

	// In

	@Override
	public void received(byte[] bytes) {
		this.packets.decode(Unpooled.wrappedBuffer(bytes), this);
		this.player.read(this);
	}

	@Override
	public boolean packet(PacketType type, ByteBuf in, int length) {
		switch (type) {
			case HANDSHAKE -> handshake(ByteBufUtil.getBytes(in, in.readerIndex(), length));
			case DATA -> this.player.message(this, in, length);
			case KICK -> this.player.kicked(this, Kick.parse(ByteBufUtil.getBytes(in, in.readerIndex(), length)));
			case HEARTBEAT -> {
				this.player.heartbeat(this, in, length);
				this.opened.complete(this.result);
			}
			case HANDSHAKE_ACK -> {
				// Only clients send these.
			}
		}
		return true;
	}

	private void handshake(byte[] body) {
		HandshakeResponse response = HandshakeResponse.parse(body);
		if (response.isAccepted()) {
			this.player.accepted(this, response, this.resumes ? ResumeReply.parse(body) : null);
		}
		else {
			// The server is about to close the connection.
			this.player.closed(this);
			close();
			this.opened
				.completeExceptionally(new RefusedException(new ErrorReply(response.code(), response.message())));
		}
	}

	@Override
	public void closed() {
		this.player.closed(this);
		this.opened.completeExceptionally(new IllegalStateException("the connection was closed"));
	}

}
