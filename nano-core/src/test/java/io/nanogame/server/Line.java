package io.nanogame.server;

import java.io.UncheckedIOException;
import java.net.InetSocketAddress;
import java.net.Socket;

import javax.net.ssl.SSLSocket;

import io.nanogame.net.Tls;
import io.nanogame.test.RawClient;
import io.nanogame.test.TestAuthority;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.pkitesting.X509Bundle;

/**
 * The ways to the game port, all of them open on a server that was {@link #open opened}
 * so.
 */
enum Line {

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

	/** Lets a server take all lines. */
	static TestServer open(TestServer server) {
		try {
			X509Bundle certificate = AUTHORITY.server(1);
			Tls tls = new Tls(SslContextBuilder.forServer(certificate.toKeyManagerFactory()).build(), true);
			return server.with((builder) -> builder.tls(tls));
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	boolean isTls() {
		return this == TLS || this == TLS_WEBSOCKET;
	}

	boolean isWebSocket() {
		return this == WEBSOCKET || this == TLS_WEBSOCKET;
	}

	RawClient connect(int port) {
		return connect(port, 0);
	}

	/** A client for which the system buffers little. */
	RawClient connectWithSmallBuffer(int port) {
		return connect(port, 4096);
	}

	private RawClient connect(int port, int receiveBuffer) {
		try {
			Socket socket = new Socket();
			if (receiveBuffer > 0) {
				socket.setReceiveBufferSize(receiveBuffer);
			}
			socket.connect(new InetSocketAddress("127.0.0.1", port));
			if (isTls()) {
				socket = (SSLSocket) AUTHORITY.clientContext(null)
					.getSocketFactory()
					.createSocket(socket, "127.0.0.1", port, true);
			}
			return isWebSocket() ? RawClient.webSocket(socket, "/nano") : RawClient.tcp(socket);
		}
		catch (UncheckedIOException ex) {
			throw ex;
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

}
