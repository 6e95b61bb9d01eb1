package io.nanogame.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.Arrays;

import io.nanogame.protocol.MessageEncoder;
import io.nanogame.protocol.MessageType;
import io.nanogame.protocol.PacketEncoder;
import io.nanogame.protocol.PacketType;
import io.nanogame.protocol.RouteDictionary;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;

/** A player that sends one request and never reads. */
public final class StuckClient implements AutoCloseable {

	/** Small, so that the server soon has to keep what it sends. */
	private static final int RECEIVE_BUFFER = 4096;

	private final Socket socket = new Socket();

	/**
	 * Connects and sends, without waiting for an answer.
	 * @param server to connect to
	 * @param route of the request
	 */
	public StuckClient(InetSocketAddress server, String route) {
		try {
			this.socket.setReceiveBufferSize(RECEIVE_BUFFER);
			this.socket.connect(server);
			this.socket.getOutputStream().write(greeting(route));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * All that such a player says: who it is, that it knows who the server is, and what
	 * it wants.
	 */
	static byte[] greeting(String route) {
		ByteBuf out = Unpooled.buffer();
		PacketEncoder.encode(out, PacketType.HANDSHAKE, new byte[] { '{', '}' });
		PacketEncoder.writeHeader(out, PacketType.HANDSHAKE_ACK, 0);
		new MessageEncoder(RouteDictionary.EMPTY).encodePacket(out, MessageType.REQUEST, 1, route,
				new byte[] { '{', '}' }, false, false);
		return Arrays.copyOf(out.array(), out.readableBytes());
	}

	@Override
	public void close() {
		try {
			this.socket.close();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
