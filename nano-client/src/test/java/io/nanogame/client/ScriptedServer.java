package io.nanogame.client;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;

import io.nanogame.protocol.ResumeReply.State;
import io.nanogame.test.TestAuthority;
import io.netty.handler.ssl.SslContextBuilder;
import javax.net.ssl.SSLContext;

/** A server of one scheme that does with its connections what a test prescribes. */
final class ScriptedServer implements AutoCloseable {

	private static final Backoff BACKOFF = new Backoff(Duration.ofMillis(1), Duration.ofMillis(20));

	private final String scheme;

	private final ServerSocket listening;

	private final TestAuthority authority;

	ScriptedServer(String scheme) throws Exception {
		this.scheme = scheme;
		this.authority = isTls() ? new TestAuthority() : null;
		this.listening = listen(0);
	}

	private ServerSocket listen(int port) throws Exception {
		if (!isTls()) {
			return new ServerSocket(port, 50, InetAddress.getLoopbackAddress());
		}
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(this.authority.server(1).toKeyManagerFactory().getKeyManagers(), null, null);
		return context.getServerSocketFactory().createServerSocket(port, 50, InetAddress.getLoopbackAddress());
	}

	private boolean isTls() {
		return this.scheme.equals("tls") || this.scheme.equals("wss");
	}

	boolean isWebSocket() {
		return this.scheme.startsWith("ws");
	}

	NanoClientBuilder client() throws Exception {
		NanoClientBuilder builder = NanoClient
			.builder("%s://127.0.0.1:%d".formatted(this.scheme, this.listening.getLocalPort()))
			.reconnect(BACKOFF);
		return isTls()
				? builder
					.tls(SslContextBuilder.forClient().trustManager(this.authority.root().toTrustManager()).build())
				: builder;
	}

	/** Waits for the next connection. */
	ServerLink accept() throws IOException {
		return new ServerLink(this.listening.accept(), isWebSocket());
	}

	/** Connects a client, with a new session and the token t1. */
	ServerLink open(NanoClient client) throws IOException {
		client.connect().subscribe((handshake) -> {
		}, (failure) -> {
		});
		ServerLink link = accept();
		link.readHandshake();
		link.accept(ServerLink.reply("t1", State.NEW, 0));
		return link;
	}

	void stopListening() throws IOException {
		this.listening.close();
	}

	@Override
	public void close() throws IOException {
		stopListening();
	}

}
