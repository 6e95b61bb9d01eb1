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
 * Learns from a trusted proxy where its client is, and leaves the pipeline. Nothing is
 * guessed: without a good header the connection is closed.
 */
final class ProxyHeader extends SimpleChannelInboundHandler<HAProxyMessage> {

	private static final Logger log = LoggerFactory.getLogger(ProxyHeader.class);

	private final NettyWire wire;

	private final AtomicBoolean complained;

	private final Consumer<@Nullable InetSocketAddress> next;

	/**
	 * Awaits a header.
	 * @param wire ends when there is none
	 * @param complained whether it was logged that a proxy sends none
	 * @param next given the client's address, or null when it is the proxy's own, before
	 * the bytes behind the header come
	 */
	ProxyHeader(NettyWire wire, AtomicBoolean complained, Consumer<@Nullable InetSocketAddress> next) {
		this.wire = wire;
		this.complained = complained;
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
		complain((cause.getCause() != null) ? cause.getCause() : cause);
		this.wire.protocolError("no PROXY header that could be read");
	}

	/** Every client would fail, so this is a fault of the setup, and logged once. */
	private void complain(Throwable cause) {
		LoggedClient client = new LoggedClient(null, this.wire.remoteAddress(), this.wire.transport());
		String reason = ClientText.printable(cause.getMessage());
		if (this.complained.compareAndSet(false, true)) {
			log.warn("A connection of a trusted proxy is closed. Let the proxy send the PROXY header, or trust its "
					+ "address no more. Others like this are logged at DEBUG: {} reason={}", client, reason);
			return;
		}
		log.debug("A connection of a trusted proxy is closed: {} reason={}", client, reason);
	}

}
