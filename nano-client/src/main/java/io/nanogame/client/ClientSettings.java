package io.nanogame.client;

import java.time.Duration;

import io.nanogame.protocol.HandshakeRequest;
import io.nanogame.serialize.Payloads;
import io.netty.handler.ssl.SslContext;
import org.jspecify.annotations.Nullable;
import org.slf4j.LoggerFactory;
import reactor.netty.resources.LoopResources;

/** The settings of a {@link NanoClientBuilder}. */
record ClientSettings(ServerAddress server, HandshakeRequest handshake, Payloads payloads, Duration connectTimeout,
		Duration requestTimeout, @Nullable Backoff backoff, int maxRequestsInFlight, int maxPendingBytes,
		int maxPacketLength, int maxBufferedPushes, @Nullable SslContext tls, @Nullable LoopResources loops,
		@Nullable ClientMetrics metrics, @Nullable WireTap wireTap, @Nullable LengthIdSettings lengthId,
		ResumeOptions resume) {

	boolean isWebSocket() {
		return this.server.isWebSocket();
	}

	/**
	 * Checks that the server can send pushes to a route.
	 * @throws IllegalArgumentException when it has no id in a protocol of ids
	 */
	void checkPush(String route) {
		if (this.lengthId != null) {
			this.lengthId.id(route);
		}
	}

	/** Returns whether the client asks servers to resume its session. */
	boolean resumes() {
		return this.resume.enabled() && this.backoff != null;
	}

	/** Shows a packet to the observer, whose failure changes nothing. */
	void showSent(byte[] packet) {
		if (this.wireTap != null) {
			try {
				this.wireTap.packet(true, packet.clone());
			}
			catch (RuntimeException ex) {
				LoggerFactory.getLogger(WireTap.class).warn("An observer of packets failed", ex);
			}
		}
	}

	/** Creates the protocol of a connection. */
	ClientProtocol protocol(Link link) {
		return (this.lengthId != null) ? new LengthIdPackets(link, this, this.lengthId) : new PomeloPackets(link, this);
	}

}
