package io.nanogame.client;

import java.time.Duration;

import io.nanogame.protocol.HandshakeRequest;
import io.nanogame.serialize.Payloads;
import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;
import reactor.netty.resources.LoopResources;

/** The settings of a {@link NanoClientBuilder}. */
record ClientSettings(ServerAddress server, HandshakeRequest handshake, Payloads payloads, Duration connectTimeout,
		Duration requestTimeout, @Nullable Backoff backoff, int maxRequestsInFlight, int maxPendingBytes,
		int maxPacketLength, int maxBufferedPushes, @Nullable SslContext tls, @Nullable LoopResources loops,
		@Nullable ClientMetrics metrics, @Nullable WireTap wireTap) {

	boolean isWebSocket() {
		return this.server.isWebSocket();
	}

}
