package io.nanogame.client;

import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.WebsocketClientSpec;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.tcp.SslProvider;
import reactor.netty.tcp.TcpClient;
import reactor.netty.transport.ClientTransport;

/** Opens sockets and WebSockets. */
final class Transport {

	/** Frames may hold a few packets. */
	private static final int FRAME_OVERHEAD = 64 * 1024;

	private Transport() {
	}

	static Mono<? extends Connection> connect(ClientSettings settings) {
		return settings.isWebSocket() ? webSocket(settings) : tcp(settings);
	}

	private static Mono<? extends Connection> tcp(ClientSettings settings) {
		TcpClient client = with(settings,
				TcpClient.create(ConnectionProvider.newConnection())
					.host(settings.server().getHost())
					.port(settings.server().getPort()));
		return Mono
			.defer(() -> (settings.isTls() ? client.secure((tls) -> secure(tls, settings.tls())) : client).connect());
	}

	private static Mono<? extends Connection> webSocket(ClientSettings settings) {
		HttpClient client = with(settings, HttpClient.create(ConnectionProvider.newConnection()));
		return (settings.isTls() ? client.secure((tls) -> secure(tls, settings.tls())) : client)
			.websocket(WebsocketClientSpec.builder()
				.maxFramePayloadLength(settings.maxPacketLength() + FRAME_OVERHEAD)
				.build())
			.uri(settings.server())
			.connect();
	}

	private static <T extends ClientTransport<T, ?>> T with(ClientSettings settings, T client) {
		int most = settings.maxPendingBytes();
		T configured = client.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) settings.connectTimeout().toMillis())
			.option(ChannelOption.TCP_NODELAY, true)
			.option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(most / 2, most));
		return (settings.loops() != null) ? configured.runOn(settings.loops()) : configured;
	}

	private static void secure(SslProvider.SslContextSpec tls, @Nullable SslContext context) {
		try {
			// Netty's contexts for clients check the name of the server.
			tls.sslContext((context != null) ? context : SslContextBuilder.forClient().build());
		}
		catch (javax.net.ssl.SSLException ex) {
			throw new IllegalStateException("TLS is not available", ex);
		}
	}

}
