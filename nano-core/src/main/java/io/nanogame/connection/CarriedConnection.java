package io.nanogame.connection;

import java.net.SocketAddress;
import java.util.List;
import java.util.Map;

import io.nanogame.observe.LoggedClient;
import io.nanogame.session.Connection;
import io.nanogame.session.LatestPush;
import io.nanogame.session.Session;
import io.nanogame.session.UpgradeRequest;
import org.jspecify.annotations.Nullable;

/**
 * A connection, as its {@link OutputLoop} uses it.
 */
public abstract class CarriedConnection implements Connection {

	private final OutputLoop loop;

	/** Written on the loop. */
	private volatile Wire wire;

	/** Whether the first wire was replaced, whose events have no effect any more. */
	private boolean replaced;

	/** The index in {@link CarriedConnections}, or -1. Confined to the loop. */
	int index = -1;

	/** Null until the session of the client has opened. Confined to the loop. */
	@Nullable Session openedSession;

	/** Kept until the validation of the handshake. Confined to the loop. */
	private @Nullable UpgradeRequest upgrade;

	CarriedConnection(Wire wire) {
		this.loop = wire.loop();
		this.wire = wire;
	}

	final Wire wire() {
		return this.wire;
	}

	/** Continues with another wire. The loop stays the same. */
	final void replaceWire(Wire next) {
		this.replaced = true;
		this.wire = next;
	}

	/**
	 * Returns whether another wire has replaced the first one, which ends on its own.
	 * Confined to the loop.
	 * @return true if the events of the first wire are ignored
	 */
	public final boolean isReplaced() {
		return this.replaced;
	}

	/**
	 * Sets the HTTP request of a WebSocket, for the handshake validators.
	 * @param request the request, which is kept until they are called
	 */
	public final void upgraded(UpgradeRequest request) {
		this.upgrade = request;
	}

	/** Returns the HTTP request, and releases it, because it may be large. */
	final @Nullable UpgradeRequest takeUpgrade() {
		UpgradeRequest request = this.upgrade;
		this.upgrade = null;
		return request;
	}

	/**
	 * Closes the connection if a time-out has elapsed, and fails overdue requests. Called
	 * periodically on the loop.
	 * @param nowNanos {@link TransportContext#nanoTime()}
	 */
	public abstract void sweep(long nowNanos);

	/** Sends a broadcast to the client. Confined to the loop. */
	abstract void deliver(Broadcast broadcast);

	/** Returns the queue of outbound messages. */
	public abstract OutboundQueue outbound();

	@Override
	public final boolean hold(LatestPush push) {
		return outbound().hold(push);
	}

	@Override
	public final OutputLoop loop() {
		return this.loop;
	}

	/**
	 * Returns whether the client receives each packet as a separate message.
	 * @return false if packets are a stream of bytes
	 */
	public final boolean keepsBounds() {
		return this.wire.keepsBounds();
	}

	/**
	 * Returns the messages that the client sends, for protocols with
	 * {@link ProtocolTrait#MESSAGES}. Called before the first byte is received.
	 * @return the messages of the wire
	 * @throws IllegalStateException when the wire is not a WebSocket
	 */
	public final InboundMessages receiveMessages() {
		InboundMessages messages = this.wire.receiveMessages();
		if (messages == null) {
			throw new IllegalStateException("The transport %s has no messages".formatted(transport()));
		}
		return messages;
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

	/** Names the client in a log line. */
	@Override
	public final String toString() {
		return new LoggedClient(this.openedSession, remoteAddress(), transport()).toString();
	}

}
