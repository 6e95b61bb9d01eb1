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

/** Opens sockets and WebSockets. */
final class Transport {

	/** Of the game's own port. */
	private static final int DEFAULT_PORT = 3250;

	/** Frames may hold a few packets. */
	private static final int FRAME_OVERHEAD = 64 * 1024;

	private Transport() {
	}

	static Mono<? extends Connection> connect(ClientSettings settings) {
		return settings.isWebSocket() ? webSocket(settings) : tcp(settings);
	}

	private static Mono<? extends Connection> tcp(ClientSettings settings) {
		ServerAddress server = settings.server();
		TcpClient client = with(settings,
				TcpClient.create(ConnectionProvider.newConnection())
					.host(server.host())
					.port(server.portOr(DEFAULT_PORT)));
		SslContext tls = settings.tls();
		return ((tls != null) ? client.secure((spec) -> spec.sslContext(tls)) : client).connect();
	}

	private static Mono<? extends Connection> webSocket(ClientSettings settings) {
		ServerAddress server = settings.server();
		int port = server.portOr(DEFAULT_PORT);
		HttpClient client = with(settings, HttpClient.create(ConnectionProvider.newConnection()));
		if (server.isHostOfUri()) {
			return webSocket(settings, client.host(server.host()).port(port));
		}
		return Mono.fromCallable(() -> new InetSocketAddress(standIn(server.host()), port))
			.subscribeOn(Schedulers.boundedElastic())
			.flatMap((address) -> webSocket(settings, client.remoteAddress(() -> address)
				.doOnChannelInit((observer, channel, remote) -> channel.pipeline()
					.addAfter(NettyPipeline.HttpCodec, HostHeader.NAME, new HostHeader(server.hostAndPort())))));
	}

	/** The address of a host under a name of which Netty can make a URI, as it must. */
	private static InetAddress standIn(String host) throws UnknownHostException {
		return InetAddress.getByAddress("host", InetAddress.getByName(host).getAddress());
	}

	private static Mono<? extends Connection> webSocket(ClientSettings settings, HttpClient client) {
		SslContext tls = settings.tls();
		return ((tls != null) ? client.secure((spec) -> spec.sslContext(tls)) : client)
			.websocket(WebsocketClientSpec.builder()
				.maxFramePayloadLength(settings.maxPacketLength() + FRAME_OVERHEAD)
				.build())
			.uri(settings.server().path())
			.connect();
	}

	private static <T extends ClientTransport<T, ?>> T with(ClientSettings settings, T client) {
		int most = settings.maxPendingBytes();
		T configured = client.option(ChannelOption.CONNECT_TIMEOUT_MILLIS, (int) settings.connectTimeout().toMillis())
			.option(ChannelOption.TCP_NODELAY, true)
			.option(ChannelOption.WRITE_BUFFER_WATER_MARK, new WriteBufferWaterMark(most / 2, most));
		return (settings.loops() != null) ? configured.runOn(settings.loops()) : configured;
	}

}
