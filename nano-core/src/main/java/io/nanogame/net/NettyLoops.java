package io.nanogame.net;

import java.net.SocketAddress;
import java.security.Principal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.nanogame.connection.OutputLoop;
import io.nanogame.connection.Protocol;
import io.nanogame.connection.TransportContext;
import io.nanogame.connection.UrlQuery;
import io.nanogame.limit.ConnectionSlots;
import io.nanogame.session.CloseReason;
import io.nanogame.session.UpgradeRequest;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.WriteBufferWaterMark;
import org.jspecify.annotations.Nullable;

/**
 * The Netty event loops of this server's connections: its own, and those of a web server
 * that hands connections over. Thread-safe.
 */
public final class NettyLoops {

	private final TransportContext context;

	private final Map<EventLoop, NettyLoop> loops = new ConcurrentHashMap<>();

	/** The loops of the listeners; null without listeners. */
	private volatile @Nullable EventLoopGroup group;

	/**
	 * Creates an empty set. A loop is added with its first connection.
	 * @param context the shared state of the connections
	 */
	public NettyLoops(TransportContext context) {
		this.context = context;
	}

	/**
	 * Sets the loops of the listeners, which can have sessions before their first
	 * connection.
	 */
	void setGroup(EventLoopGroup own) {
		this.group = own;
	}

	/**
	 * Returns a loop for a session that has no connection.
	 * @return one of this server's own loops, or of its connections; null without both
	 */
	public @Nullable OutputLoop next() {
		EventLoopGroup own = this.group;
		return (own != null) ? loop(own.next()) : this.loops.values().stream().findAny().orElse(null);
	}

	NettyWire wire(Channel channel, Protocol protocol) {
		limitOutput(channel);
		return new NettyWire(this.context, protocol, loop(channel.eventLoop()), channel);
	}

	/**
	 * Makes a channel unwritable at the high-water mark at the latest. Otherwise no event
	 * would report that the client has read.
	 */
	private void limitOutput(Channel channel) {
		int max = this.context.settings().connection().highWaterMark();
		WriteBufferWaterMark marks = channel.config().getWriteBufferWaterMark();
		if (marks.high() > max) {
			channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(Math.min(marks.low(), max / 2), max));
		}
	}

	private NettyLoop loop(EventLoop eventLoop) {
		return this.loops.computeIfAbsent(eventLoop, (key) -> new NettyLoop(key, this.context));
	}

	/**
	 * Acquires a slot that is released when the channel closes. Returns false if there is
	 * none.
	 */
	boolean acquireSlot(Channel channel, SocketAddress address) {
		ConnectionSlots slots = this.context.connectionSlots();
		if (!slots.acquire(address)) {
			return false;
		}
		if (slots.isLimited()) {
			channel.closeFuture().addListener((closed) -> slots.release(address));
		}
		return true;
	}

	/**
	 * Takes over a channel that a web server has upgraded to a WebSocket. Must be called
	 * on its event loop.
	 * @param channel a channel that reads and writes bare bytes from now on; the wire
	 * becomes the last handler of its pipeline
	 * @param protocol the protocol of the client
	 * @param query the query of the URL
	 * @param request the HTTP request, for handshake validators
	 * @param compressed whether the response has accepted {@link PermessageDeflate}
	 * @param remoteAddress the address of the client, which the channel does not know
	 * behind a proxy
	 * @param principal the user of the web app, or null
	 * @see ConnectionSlots#rejects
	 */
	public void takeOverWebSocket(Channel channel, Protocol protocol, UrlQuery query, UpgradeRequest request,
			boolean compressed, SocketAddress remoteAddress, @Nullable Principal principal) {
		NettyWire wire = wire(channel, protocol);
		wire.becomeWebSocket(query, request, compressed);
		wire.setPeer(remoteAddress, principal);
		wire.established();
		channel.pipeline().addLast("nano.wire", wire);
		channel.config().setAutoRead(true);
		if (!acquireSlot(channel, remoteAddress)) {
			wire.reject(CloseReason.TOO_MANY_CONNECTIONS);
			return;
		}
		// When the caller has removed the codec of HTTP.
		channel.eventLoop().execute(wire::upgraded);
	}

}
