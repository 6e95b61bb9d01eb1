package io.nanogame.connection;

import java.net.SocketAddress;
import java.util.List;
import java.util.Map;

import io.nanogame.session.Connection;
import io.nanogame.session.LatestPush;
import io.nanogame.session.UpgradeRequest;
import org.jspecify.annotations.Nullable;

/**
 * A connection, seen from the {@link OutputLoop} that carries its wire.
 */
public abstract class CarriedConnection implements Connection {

	private final Wire wire;

	/** Where {@link CarriedConnections} keeps it. The loop's own. */
	int index = -1;

	/** Kept until the validation of the handshake. Confined to the loop. */
	private @Nullable UpgradeRequest upgrade;

	CarriedConnection(Wire wire) {
		this.wire = wire;
	}

	final Wire wire() {
		return this.wire;
	}

	/**
	 * Sets the HTTP request of a WebSocket, for the handshake validators.
	 * @param request the request, which is kept until they are called
	 */
	public final void upgraded(UpgradeRequest request) {
		this.upgrade = request;
	}

	/** Returns the HTTP request, and forgets it, because it may be large. */
	final @Nullable UpgradeRequest takeUpgrade() {
		UpgradeRequest request = this.upgrade;
		this.upgrade = null;
		return request;
	}

	/**
	 * Closes what is idle or too late, answers what has waited too long. Loop.
	 * @param nowNanos {@link TransportContext#nanoTime()}
	 */
	public abstract void sweep(long nowNanos);

	/** Takes what all members of a group on this loop get. Loop. */
	abstract void deliver(Broadcast broadcast);

	/** The way out. */
	abstract OutboundQueue outbound();

	@Override
	public final boolean hold(LatestPush push) {
		return outbound().hold(push);
	}

	@Override
	public final OutputLoop loop() {
		return this.wire.loop();
	}

	/**
	 * Returns whether the client receives each packet as a separate message.
	 * @return false if packets are a stream of bytes
	 */
	public final boolean keepsBounds() {
		return this.wire.keepsBounds();
	}

	@Override
	public final SocketAddress remoteAddress() {
		return this.wire.remoteAddress();
	}

	@Override
	public final String transport() {
		return this.wire.transport();
	}

	@Override
	public final Map<String, List<String>> queryParameters() {
		UrlQuery query = this.wire.query();
		return (query != null) ? query.parameters() : Map.of();
	}

}
