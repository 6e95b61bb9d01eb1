package io.nanogame.net;

import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

import io.nanogame.observe.LoggedClient;
import io.nanogame.protocol.ClientText;
import io.netty.channel.ChannelHandlerContext;
import io.netty.channel.SimpleChannelInboundHandler;
import io.netty.handler.codec.DecoderException;
import io.netty.handler.codec.haproxy.HAProxyCommand;
import io.netty.handler.codec.haproxy.HAProxyMessage;
import io.netty.util.NetUtil;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Receives the address of the client from a trusted proxy, then removes itself from the
 * pipeline. Without a valid header the connection is closed. Confined to the event loop.
 */
final class ProxyHeader extends SimpleChannelInboundHandler<HAProxyMessage> {

	private static final Logger log = LoggerFactory.getLogger(ProxyHeader.class);

	private final NettyWire wire;

	private final AtomicBoolean failureLogged;

	private final Consumer<@Nullable InetSocketAddress> next;

	/**
	 * Creates a handler that waits for the header.
	 * @param wire ended when there is no valid header
	 * @param failureLogged whether a failure has been logged at WARN
	 * @param next receives the client's address, or null for a connection of the proxy
	 * itself, before the bytes after the header
	 */
	ProxyHeader(NettyWire wire, AtomicBoolean failureLogged, Consumer<@Nullable InetSocketAddress> next) {
		this.wire = wire;
		this.failureLogged = failureLogged;
		this.next = next;
	}

	@Override
	protected void channelRead0(ChannelHandlerContext ctx, HAProxyMessage header) {
		this.next.accept(client(header));
		ctx.pipeline().remove(this);
	}

	private static @Nullable InetSocketAddress client(HAProxyMessage header) {
		if (header.command() == HAProxyCommand.LOCAL || header.sourceAddress() == null) {
			return null;
		}
		InetAddress address = NetUtil.createInetAddressFromIpAddressString(header.sourceAddress());
		return (address != null) ? new InetSocketAddress(address, header.sourcePort()) : null;
	}

	@Override
	public void exceptionCaught(ChannelHandlerContext ctx, Throwable cause) {
		if (!(cause instanceof DecoderException)) {
			ctx.fireExceptionCaught(cause);
			return;
		}
		logFailure((cause.getCause() != null) ? cause.getCause() : cause);
		this.wire.protocolError("no PROXY header that could be read");
	}

	/**
	 * Logs one failure at WARN: without headers every client of the proxy fails, so the
	 * setup is wrong.
	 */
	private void logFailure(Throwable cause) {
		LoggedClient client = new LoggedClient(null, this.wire.remoteAddress(), this.wire.transport());
		String reason = ClientText.printable(cause.getMessage());
		if (this.failureLogged.compareAndSet(false, true)) {
			log.warn(
					"A connection of a trusted proxy is closed. Configure the proxy to send the PROXY header, or do not "
							+ "trust its address. Further failures are logged at DEBUG: {} reason={}",
					client, reason);
			return;
		}
		log.debug("A connection of a trusted proxy is closed: {} reason={}", client, reason);
	}

}
