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

/** A client that sends one request and never reads. */
public final class StuckClient implements AutoCloseable {

	/** In bytes; small, so that the server soon has to buffer its output. */
	private static final int RECEIVE_BUFFER = 4096;

	private final Socket socket = new Socket();

	/**
	 * Connects and sends a request, without waiting for a response.
	 * @param server the server to connect to
	 * @param route the route of the request
	 */
	public StuckClient(InetSocketAddress server, String route) {
		try {
			this.socket.setReceiveBufferSize(RECEIVE_BUFFER);
			this.socket.connect(server);
			this.socket.getOutputStream().write(handshakeAndRequest(route));
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/**
	 * Returns all packets that the client sends: the handshake, its acknowledgement, and
	 * the request.
	 */
	static byte[] handshakeAndRequest(String route) {
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
