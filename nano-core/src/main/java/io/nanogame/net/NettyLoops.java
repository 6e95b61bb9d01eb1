package io.nanogame.net;

import java.net.SocketAddress;
import java.security.Principal;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

import io.nanogame.connection.Protocol;
import io.nanogame.connection.TransportContext;
import io.nanogame.connection.UrlQuery;
import io.nanogame.limit.Places;
import io.nanogame.session.CloseReason;
import io.nanogame.session.UpgradeRequest;
import io.netty.channel.Channel;
import io.netty.channel.EventLoop;
import io.netty.channel.WriteBufferWaterMark;
import org.jspecify.annotations.Nullable;

/**
 * The Netty event loops that carry connections of this server, its own and those of a web
 * server that hands connections over. Any thread.
 */
public final class NettyLoops {

	private final TransportContext context;

	private final Map<EventLoop, NettyLoop> loops = new ConcurrentHashMap<>();

	/**
	 * No loops yet; each is taken up with its first connection.
	 * @param context what the connections share
	 */
	public NettyLoops(TransportContext context) {
		this.context = context;
	}

	NettyWire wire(Channel channel, Protocol protocol) {
		limitOutput(channel);
		return new NettyWire(this.context, protocol, loop(channel.eventLoop()), channel);
	}

	/**
	 * Who is above the high-water mark counts as not writable, too. Otherwise nobody
	 * would hear when it has read.
	 */
	private void limitOutput(Channel channel) {
		int most = this.context.settings().connection().highWaterMark();
		WriteBufferWaterMark marks = channel.config().getWriteBufferWaterMark();
		if (marks.high() > most) {
			channel.config().setWriteBufferWaterMark(new WriteBufferWaterMark(Math.min(marks.low(), most / 2), most));
		}
	}

	private NettyLoop loop(EventLoop eventLoop) {
		return this.loops.computeIfAbsent(eventLoop, (key) -> new NettyLoop(key, this.context));
	}

	/** Takes a place that is given back when a channel closes. */
	boolean takePlace(Channel channel, SocketAddress address) {
		Places places = this.context.places();
		if (!places.take(address)) {
			return false;
		}
		if (places.areCounted()) {
			channel.closeFuture().addListener((closed) -> places.leave(address));
		}
		return true;
	}

	/**
	 * Takes over a channel that somebody else has upgraded to a WebSocket. To be called
	 * on its event loop.
	 * @param channel a channel that reads and writes bare bytes from now on; no handler
	 * behind the end of its pipeline sees them
	 * @param protocol what the client speaks
	 * @param query of the URL
	 * @param request the HTTP request, for handshake validators
	 * @param remoteAddress where the client is, which behind a proxy the channel does not
	 * know
	 * @param principal who the web app says the client is, or null
	 * @see Places#refuse
	 */
	public void takeOverWebSocket(Channel channel, Protocol protocol, UrlQuery query, UpgradeRequest request,
			SocketAddress remoteAddress, @Nullable Principal principal) {
		NettyWire wire = wire(channel, protocol);
		wire.becomeWebSocket(query, request);
		wire.setPeer(remoteAddress, principal);
		wire.established();
		channel.pipeline().addLast("nano.wire", wire);
		channel.config().setAutoRead(true);
		if (!takePlace(channel, remoteAddress)) {
			wire.reject(CloseReason.TOO_MANY_CONNECTIONS);
		}
	}

}
