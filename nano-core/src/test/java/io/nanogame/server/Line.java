package io.nanogame.server;

import java.net.InetSocketAddress;
import java.net.Socket;

import io.nanogame.net.Tls;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawJsonClient;
import io.nanogame.test.TestAuthority;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.X509Bundle;

/**
 * The transports of the game port, on a server that {@link #open serves} all of them.
 */
public enum Line {

	TCP, WEBSOCKET, TLS, TLS_WEBSOCKET;

	private static final TestAuthority AUTHORITY = authority();

	private static TestAuthority authority() {
		try {
			return new TestAuthority();
		}
		catch (Exception ex) {
			throw new ExceptionInInitializerError(ex);
		}
	}

	/** Makes a server serve all transports. */
	public static TestServer open(TestServer server) {
		try {
			X509Bundle certificate = AUTHORITY.server(1);
			Tls tls = new Tls(SslContextBuilder.forServer(certificate.toKeyManagerFactory()).build(), true);
			return server.listener((listener) -> listener.with(tls));
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	public boolean isTls() {
		return this == TLS || this == TLS_WEBSOCKET;
	}

	public boolean isWebSocket() {
		return this == WEBSOCKET || this == TLS_WEBSOCKET;
	}

	public RawClient connect(int port) {
		return connect(port, 0);
	}

	/** A client for which the system buffers little. */
	public RawClient connectWithSmallBuffer(int port) {
		return connect(port, 4096);
	}

	public RawClient connect(int port, int receiveBuffer) {
		Socket socket = socket(port, receiveBuffer);
		return isWebSocket() ? RawClient.webSocket(socket, "/nano") : RawClient.tcp(socket);
	}

	/** A client of the protocol json. */
	public RawJsonClient connectJson(int port, int receiveBuffer) {
		Socket socket = socket(port, receiveBuffer);
		return isWebSocket() ? RawJsonClient.webSocket(socket, "/nano") : RawJsonClient.tcp(socket);
	}

	private Socket socket(int port, int receiveBuffer) {
		try {
			Socket socket = new Socket();
			if (receiveBuffer > 0) {
				socket.setReceiveBufferSize(receiveBuffer);
			}
			socket.connect(new InetSocketAddress("127.0.0.1", port));
			return isTls()
					? AUTHORITY.clientContext(null).getSocketFactory().createSocket(socket, "127.0.0.1", port, true)
					: socket;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
