package io.nanogame.client;

import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;

import io.netty.channel.EventLoopGroup;
import io.netty.channel.IoEventLoop;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.IoHandlerFactory;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.SingleThreadIoEventLoop;
import io.netty.channel.nio.NioIoHandler;
import io.netty.util.concurrent.DefaultThreadFactory;
import reactor.netty.resources.LoopResources;

/** A single event loop that counts its channels. */
final class OneLoop implements LoopResources, AutoCloseable {

	private final EventLoopGroup group = new MultiThreadIoEventLoopGroup(1, new DefaultThreadFactory("players", true),
			NioIoHandler.newFactory()) {

		@Override
		protected IoEventLoop newChild(Executor executor, IoHandlerFactory handlers, Object... args) {
			return new CountingLoop(this, executor, handlers);
		}

	};

	@Override
	public EventLoopGroup onServer(boolean useNative) {
		return this.group;
	}

	int channels() {
		return ((CountingLoop) this.group.next()).getNumOfRegisteredChannels();
	}

	@Override
	public void close() {
		this.group.shutdownGracefully(0, 2, TimeUnit.SECONDS).awaitUninterruptibly();
	}

	private static final class CountingLoop extends SingleThreadIoEventLoop {

		CountingLoop(IoEventLoopGroup group, Executor executor, IoHandlerFactory handlers) {
			super(group, executor, handlers);
		}

		@Override
		protected int getNumOfRegisteredChannels() {
			return super.getNumOfRegisteredChannels();
		}

	}

}
