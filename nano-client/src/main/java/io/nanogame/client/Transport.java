package io.nanogame.client;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.UnknownHostException;

import io.netty.channel.ChannelOption;
import io.netty.channel.WriteBufferWaterMark;
import io.netty.handler.ssl.SslContext;
import reactor.core.publisher.Mono;
import reactor.core.scheduler.Schedulers;
import reactor.netty.Connection;
import reactor.netty.NettyPipeline;
import reactor.netty.http.client.HttpClient;
import reactor.netty.http.client.WebsocketClientSpec;
import reactor.netty.resources.ConnectionProvider;
import reactor.netty.tcp.TcpClient;
import reactor.netty.transport.ClientTransport;

/** Opens TCP and WebSocket connections. */
final class Transport {

	/** The game port. */
	private static final int DEFAULT_PORT = 3250;

	/** In bytes. A frame may hold several packets. */
	private static final long FRAME_OVERHEAD = 64 * 1024;

	private Transport() {
	}

	static Mono<? extends Connection> connect(ClientSettings settings) {
		return settings.isWebSocket() ? webSocket(settings) : tcp(settings);
	}

	private static Mono<? extends Connection> tcp(ClientSettings settings) {
		ServerAddress server = settings.server();
		TcpClient client = configure(settings,
				TcpClient.create(ConnectionProvider.newConnection())
					.host(server.host())
					.port(server.portOr(DEFAULT_PORT)));
		SslContext tls = settings.tls();
		return ((tls != null) ? client.secure((spec) -> spec.sslContext(tls)) : client).connect();
	}

	private static Mono<? extends Connection> webSocket(ClientSettings settings) {
		ServerAddress server = settings.server();
		int port = server.portOr(DEFAULT_PORT);
		HttpClient client = configure(settings, HttpClient.create(ConnectionProvider.newConnection()));
		if (server.isValidUriHost()) {
			return webSocket(settings, client.host(server.host()).port(port));
		}
		return Mono.fromCallable(() -> new InetSocketAddress(addressWithValidName(server.host()), port))
			.subscribeOn(Schedulers.boundedElastic())
			.flatMap((address) -> webSocket(settings, client.remoteAddress(() -> address)
				.doOnChannelInit((observer, channel, remote) -> channel.pipeline()
					.addAfter(NettyPipeline.HttpCodec, HostHeader.NAME, new HostHeader(server.hostAndPort())))));
	}

	/**
	 * Resolves a host, and returns its address under a name with which Netty can build a
	 * URI.
	 */
	private static InetAddress addressWithValidName(String host) throws UnknownHostException {
		return InetAddress.getByAddress("host", InetAddress.getByName(host).getAddress());
	}

	private static Mono<? extends Connection> webSocket(ClientSettings settings, HttpClient client) {
		SslContext tls = settings.tls();
		return ((tls != null) ? client.secure((spec) -> spec.sslContext(tls)) : client)
			.websocket(WebsocketClientSpec.builder()
				.maxFramePayloadLength((int) Math.min(Integer.MAX_VALUE, settings.maxPacketLength() + FRAME_OVERHEAD))
				.build())
			.uri(settings.server().path())
			.connect();
	}

	private static <T extends ClientTransport<T, ?>> T configure(ClientSettings settings, T client) {
		int max = settings.maxPendingBytes();
		T configured = client.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) settings.connectTimeout().toMillis())
			.option(ChannelOption.TCP_NODELAY, true)
			.option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(max / 2, max));
		return (settings.loops() != null) ? configured.runOn(settings.loops()) : configured;
	}

}
