package io.nanogame.benchmarks.jmh;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.util.List;
import java.util.Map;

import io.nanogame.protocol.MessageEncoder;
import io.nanogame.protocol.RouteDictionary;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Connection;
import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.OutboundMessage;
import io.netty.buffer.ByteBuf;

/** Encodes messages to a buffer, on the sending thread. */
final class BufferConnection implements Connection {

	private final MessageEncoder encoder = new MessageEncoder(RouteDictionary.EMPTY);

	private final ByteBuf out;

	private final ConnectionLoop loop;

	BufferConnection(ByteBuf out, ConnectionLoop loop) {
		this.out = out;
		this.loop = loop;
	}

	@Override
	public void send(OutboundMessage message) {
		this.encoder.encodePacket(this.out, message.type(), message.id(), message.route(), message.body(),
				message.isError(), false);
	}

	@Override
	public ConnectionLoop loop() {
		return this.loop;
	}

	@Override
	public void close(CloseReason reason) {
	}

	@Override
	public void resume() {
	}

	@Override
	public SocketAddress remoteAddress() {
		return InetSocketAddress.createUnresolved("localhost", 1);
	}

	@Override
	public String transport() {
		return "buffer";
	}

	@Override
	public Map<String, List<String>> queryParameters() {
		return Map.of();
	}

}
