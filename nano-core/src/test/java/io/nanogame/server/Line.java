package io.nanogame.server;

import java.net.InetSocketAddress;
import java.net.Socket;
import java.util.List;

import io.nanogame.net.Listener;
import io.nanogame.net.ListenerSettings;
import io.nanogame.net.Tls;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawJsonClient;
import io.nanogame.test.RawLengthIdClient;
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
		Tls tls = tls(true);
		return server.listener((listener) -> listener.with(tls));
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

	/** A client of the protocol length-id. */
	public RawLengthIdClient connectLengthId(int port, int receiveBuffer) {
		Socket socket = socket(port, receiveBuffer);
		return isWebSocket() ? RawLengthIdClient.webSocket(socket, "/nano") : RawLengthIdClient.tcp(socket);
	}

	/** A listener that serves one protocol on this transport only. */
	public Listener only(String protocol) {
		ListenerSettings all = ListenerSettings.defaults();
		Listener listener = Listener.at(new InetSocketAddress("127.0.0.1", 0));
		Listener only = new Listener(name(), listener.address(),
				all.withProtocols(List.of(protocol)).withTransports(!isWebSocket(), isWebSocket()), null,
				listener.proxies(), 0, true);
		return isTls() ? only.with(tls(false)) : only;
	}

	private static Tls tls(boolean allowsPlainText) {
		try {
			X509Bundle certificate = AUTHORITY.server(1);
			return new Tls(SslContextBuilder.forServer(certificate.toKeyManagerFactory()).build(), allowsPlainText);
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
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
