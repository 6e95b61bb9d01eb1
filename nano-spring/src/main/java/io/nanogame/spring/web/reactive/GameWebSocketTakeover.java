package io.nanogame.spring.web.reactive;

import java.net.SocketAddress;
import java.security.Principal;
import java.util.Optional;

import io.nanogame.connection.Protocol;
import io.nanogame.connection.UrlQuery;
import io.nanogame.net.Listener;
import io.nanogame.net.ListenerSettings;
import io.nanogame.server.GameServer;
import io.nanogame.session.UpgradeRequest;
import io.netty.channel.Channel;
import io.netty.handler.codec.http.HttpVersion;
import org.jspecify.annotations.Nullable;
import reactor.core.publisher.Mono;
import reactor.netty.http.server.HttpServerRequest;
import reactor.netty.http.server.HttpServerResponse;

import org.springframework.core.io.buffer.NettyDataBufferFactory;
import org.springframework.http.server.reactive.ServerHttpRequestDecorator;
import org.springframework.http.server.reactive.ServerHttpResponseDecorator;
import org.springframework.web.server.ServerWebExchange;
import org.springframework.web.server.WebHandler;

/**
 * Serves the game on a path of a WebFlux app that runs on Reactor Netty: the same
 * sessions and handlers as on the game port, under the web app's own port and origin.
 * When a request is accepted, its channel is detached from Reactor Netty, so that an idle
 * client uses as much memory as on the game port.
 * <p>
 * To be mapped to a path by a {@code SimpleUrlHandlerMapping}. Web filters, including
 * security, process the request as any other, and it completes with the status 101. Pages
 * of this host and of the allowed origins may connect, as on the game port. The HTTP
 * principal becomes the session's. A request that was not received by Reactor Netty with
 * HTTP/1.1 fails with 501.
 * <p>
 * Closing the web server's listening socket closes these connections.
 */
public final class GameWebSocketTakeover implements WebHandler {

	private final GameServer server;

	private final Protocol protocol;

	private final ListenerSettings clients;

	private final DetachedChannels channels = new DetachedChannels();

	/**
	 * Creates a handler for one server.
	 * @param server serves the clients, which are accepted while it runs
	 * @param clients protocols, origins, subprotocols and addresses of the clients; other
	 * settings have no effect on the web server
	 * @throws io.nanogame.connection.UnknownProtocolException if the server does not have
	 * one of the protocols
	 */
	public GameWebSocketTakeover(GameServer server, ListenerSettings clients) {
		this.server = server;
		this.clients = clients;
		this.protocol = server.transport().protocols().choose(Listener.WEB, clients.protocols());
	}

	@Override
	public Mono<Void> handle(ServerWebExchange exchange) {
		WebSocketRequest webSocket = new WebSocketRequest(exchange.getRequest());
		Refusal refusal = this.server.isRunning() ? webSocket.refusal(this.clients.upgrade().origins())
				: Refusal.NOT_RUNNING;
		if (refusal != null) {
			return refusal.write(exchange.getResponse());
		}
		HttpServerRequest request = nettyRequest(exchange);
		if (request == null) {
			return Refusal.OTHER_SERVER.write(exchange.getResponse());
		}
		if (!this.clients.addresses().allows(request.remoteAddress())) {
			return Refusal.ADDRESS.write(exchange.getResponse());
		}
		if (this.server.transport().connectionSlots().rejects(request.remoteAddress())) {
			return Refusal.FULL.write(exchange.getResponse());
		}
		HttpServerResponse response = ServerHttpResponseDecorator.getNativeResponse(exchange.getResponse());
		return exchange.<Principal>getPrincipal()
			.map(Optional::of)
			.defaultIfEmpty(Optional.empty())
			.flatMap((principal) -> {
				webSocket.accept(exchange.getResponse(), this.clients.upgrade().subprotocols());
				boolean compressed = webSocket.acceptCompression(exchange.getResponse(),
						this.server.transport().settings());
				Client client = new Client(webSocket.query(), webSocket.upgrade(), compressed, request.remoteAddress(),
						principal.orElse(null));
				// Bytes that the codec reads after the end of the request belong to the
				// game's protocol.
				return request.receive().then(Mono.fromRunnable(() -> detach(response, client)));
			});
	}

	private static @Nullable HttpServerRequest nettyRequest(ServerWebExchange exchange) {
		if (exchange.getResponse().bufferFactory() instanceof NettyDataBufferFactory
				&& ServerHttpRequestDecorator
					.getNativeRequest(exchange.getRequest()) instanceof HttpServerRequest request
				&& HttpVersion.HTTP_1_1.equals(request.version())) {
			return request;
		}
		return null;
	}

	/** Event loop. */
	private void detach(HttpServerResponse response, Client client) {
		response.withConnection((exchange) -> ProtocolSwitch.prepare(exchange.channel(), (channel) -> {
			this.channels.add(channel);
			client.handOver(this.server, this.protocol, channel);
		}));
	}

	/** The client's data from the request. */
	private record Client(UrlQuery query, UpgradeRequest upgrade, boolean compressed,
			@Nullable SocketAddress forwardedAddress, @Nullable Principal principal) {

		void handOver(GameServer server, Protocol protocol, Channel channel) {
			SocketAddress address = (this.forwardedAddress != null) ? this.forwardedAddress : channel.remoteAddress();
			server.loops()
				.takeOverWebSocket(channel, protocol, this.query, this.upgrade, this.compressed, address,
						this.principal);
		}

	}

}
