package io.nanogame.boot.test.slice;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import io.nanogame.boot.test.client.ErrorReply;
import io.nanogame.boot.test.client.Inbox;
import io.nanogame.boot.test.client.PlayerConnection;
import io.nanogame.boot.test.client.RefusedException;
import io.nanogame.boot.test.client.Reply;
import io.nanogame.memory.MemoryClient;
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
import io.nanogame.protocol.RouteDictionary;
import io.nanogame.protocol.RouteNames;
import io.nanogame.serialize.ErrorBody;
import io.nanogame.serialize.Serializer;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.ByteBufUtil;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;

/**
 * The client's end of a connection in memory, with the protocol of clients on sockets.
 * Receives on the loop; any thread may send.
 */
final class MemoryConnection implements PlayerConnection, PacketHandler, MemoryClient.Receiver {

	private final MemoryNetwork network;

	private final HandshakeRequest handshake;

	private final Serializer serializer;

	private final Inbox inbox;

	private final CompletableFuture<Void> opened = new CompletableFuture<>();

	private final Map<Long, CompletableFuture<Reply>> pending = new ConcurrentHashMap<>();

	private final AtomicLong lastId = new AtomicLong();

	private final PacketDecoder packets = new PacketDecoder(PacketDecoder.MAX_BODY_LENGTH);

	private volatile MessageEncoder encoder = new MessageEncoder(RouteDictionary.EMPTY);

	private volatile boolean silent;

	private volatile boolean closed;

	/** Null until the connection is opened. */
	private volatile @Nullable MemoryClient client;

	/** Confined to the loop. */
	private MessageDecoder messages = decoder(RouteDictionary.EMPTY);

	MemoryConnection(MemoryNetwork network, HandshakeRequest handshake, Serializer serializer, Inbox inbox) {
		this.network = network;
		this.handshake = handshake;
		this.serializer = serializer;
		this.inbox = inbox;
	}

	private static MessageDecoder decoder(RouteDictionary codes) {
		return new MessageDecoder(codes, new RouteNames(codes.asMap().keySet()), PacketDecoder.MAX_BODY_LENGTH);
	}

	// Out

	@Override
	public CompletableFuture<Void> open() {
		this.client = this.network.connect(this);
		packet(PacketType.HANDSHAKE, this.handshake.toJson());
		return this.opened;
	}

	@Override
	public CompletableFuture<Reply> request(String route, byte[] body) {
		long id = this.lastId.incrementAndGet();
		CompletableFuture<Reply> reply = new CompletableFuture<>();
		this.pending.put(id, reply);
		if (this.closed) {
			failPending();
		}
		else {
			send(MessageType.REQUEST, id, route, body);
		}
		return reply;
	}

	@Override
	public void notify(String route, byte[] body) {
		if (this.closed) {
			throw new IllegalStateException("The connection is closed");
		}
		send(MessageType.NOTIFY, 0, route, body);
	}

	private void send(MessageType type, long id, String route, byte[] body) {
		ByteBuf out = Unpooled.buffer();
		this.encoder.encodePacket(out, type, id, route, body, false, true);
		send(out);
	}

	private void packet(PacketType type, byte[] body) {
		ByteBuf out = Unpooled.buffer();
		PacketEncoder.encode(out, type, body);
		send(out);
	}

	private void send(ByteBuf out) {
		MemoryClient connected = this.client;
		if (connected != null) {
			connected.send(ByteBufUtil.getBytes(out));
		}
	}

	@Override
	public void fallSilent() {
		this.silent = true;
	}

	@Override
	public void close() {
		MemoryClient connected = this.client;
		if (connected != null) {
			connected.close();
		}
		else {
			closed();
		}
	}

	private void startHeartbeat(int seconds) {
		if (seconds > 0) {
			this.network.time().newTimeout((timeout) -> {
				if (!this.silent && !this.closed) {
					packet(PacketType.HEARTBEAT, new byte[0]);
					startHeartbeat(seconds);
				}
			}, seconds, TimeUnit.SECONDS);
		}
	}

	// In

	@Override
	public void received(byte[] bytes) {
		this.packets.decode(Unpooled.wrappedBuffer(bytes), this);
	}

	@Override
	public boolean packet(PacketType type, ByteBuf in, int length) {
		switch (type) {
			case HANDSHAKE -> handshake(ByteBufUtil.getBytes(in, in.readerIndex(), length));
			case DATA -> message(this.messages.decode(in, length));
			case KICK -> this.inbox.kicked(Kick.parse(ByteBufUtil.getBytes(in, in.readerIndex(), length)).reason());
			// The server sends the first one when the session is open.
			case HEARTBEAT -> this.opened.complete(null);
			case HANDSHAKE_ACK -> {
				// Only clients send these.
			}
		}
		return true;
	}

	private void handshake(byte[] body) {
		HandshakeResponse response = HandshakeResponse.parse(body);
		if (!response.isAccepted()) {
			this.opened
				.completeExceptionally(new RefusedException(new ErrorReply(response.code(), response.message())));
			return;
		}
		this.encoder = new MessageEncoder(response.dictionary());
		this.messages = decoder(response.dictionary());
		packet(PacketType.HANDSHAKE_ACK, new byte[0]);
		startHeartbeat(response.heartbeatSeconds());
	}

	private void message(Message message) {
		if (message.type() == MessageType.PUSH) {
			this.inbox.push(message.route(), message.body(), nanoTime());
			return;
		}
		CompletableFuture<Reply> reply = this.pending.remove(message.id());
		if (reply != null) {
			reply.complete(new Reply(message.body(), message.error() ? error(message.body()) : null));
		}
	}

	private ErrorReply error(byte[] body) {
		ErrorBody error = this.serializer.deserializeError(body);
		return new ErrorReply(Integer.parseInt(error.code().toString()), error.msg());
	}

	@Override
	public void closed() {
		this.closed = true;
		this.inbox.closed("was closed");
		this.opened.completeExceptionally(new IllegalStateException("the connection was closed"));
		failPending();
	}

	private void failPending() {
		this.pending.values()
			.forEach((reply) -> reply.completeExceptionally(new IllegalStateException("the connection was closed")));
	}

	// For the test

	@Override
	public Duration settle(Duration limit) {
		this.network.threads().awaitIdle(limit);
		return Duration.ZERO;
	}

	@Override
	public long nanoTime() {
		return this.network.time().nanoTime();
	}

	@Override
	public String hint() {
		return "Time stands still in this test; VirtualTime.advance advances it.";
	}

}
