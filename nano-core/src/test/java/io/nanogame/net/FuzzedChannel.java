package io.nanogame.net;

import java.util.concurrent.atomic.AtomicBoolean;

import io.netty.buffer.ByteBufAllocator;
import io.netty.channel.ChannelFuture;
import io.netty.channel.ChannelHandler;
import io.netty.channel.ChannelOutboundBuffer;
import io.netty.channel.ChannelPromise;
import io.netty.channel.embedded.EmbeddedChannel;
import io.netty.channel.socket.DuplexChannel;

/**
 * A socket without a network, whose halves close one by one as those of a real one do.
 */
final class FuzzedChannel extends EmbeddedChannel implements DuplexChannel {

	private final AtomicBoolean outputShutdown = new AtomicBoolean();

	FuzzedChannel(ByteBufAllocator allocator, ChannelHandler initializer) {
		super(false, false);
		config().setAllocator(allocator);
		pipeline().addLast(initializer);
		try {
			register();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Whether the client reads what it is sent; the channel is not writable otherwise.
	 */
	void reads(boolean reads) {
		ChannelOutboundBuffer output = unsafe().outboundBuffer();
		if (output != null) {
			output.setUserDefinedWritability(1, reads);
		}
	}

	@Override
	public boolean isInputShutdown() {
		return !isActive();
	}

	@Override
	public ChannelFuture shutdownInput() {
		throw new UnsupportedOperationException();
	}

	@Override
	public ChannelFuture shutdownInput(ChannelPromise promise) {
		throw new UnsupportedOperationException();
	}

	@Override
	public boolean isOutputShutdown() {
		return this.outputShutdown.get();
	}

	@Override
	public ChannelFuture shutdownOutput() {
		return shutdownOutput(newPromise());
	}

	@Override
	public ChannelFuture shutdownOutput(ChannelPromise promise) {
		this.outputShutdown.set(true);
		return promise.setSuccess();
	}

	@Override
	public boolean isShutdown() {
		return isOutputShutdown() && isInputShutdown();
	}

	@Override
	public ChannelFuture shutdown() {
		return close();
	}

	@Override
	public ChannelFuture shutdown(ChannelPromise promise) {
		return close(promise);
	}

}
