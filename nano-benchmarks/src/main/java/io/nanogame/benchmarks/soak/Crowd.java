package io.nanogame.benchmarks.soak;

import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.LongAdder;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.IoEventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import io.netty.handler.ssl.SslHandler;

/**
 * Thousands of identical clients on one thread.
 */
final class Crowd implements AutoCloseable {

	/** The maximum number of concurrent connects. */
	private static final int MAX_CONNECTING = 200;

	private final IoEventLoopGroup thread = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final Semaphore connecting = new Semaphore(MAX_CONNECTING);

	private final AtomicInteger numbers = new AtomicInteger();

	private final AtomicInteger ready = new AtomicInteger();

	private final AtomicInteger disconnected = new AtomicInteger();

	private final LongAdder responses = new LongAdder();

	private final LongAdder refused = new LongAdder();

	private final LongAdder wrong = new LongAdder();

	private final LongAdder cutOff = new LongAdder();

	private final SoakTls tls;

	Crowd(SoakTls tls) {
		this.tls = tls;
	}

	/** Connects clients, and waits until their handshakes are complete. */
	void connect(int port, int clients, boolean webSocket, boolean busy) throws InterruptedException {
		int before = this.ready.get();
		Bootstrap bootstrap = new Bootstrap().group(this.thread)
			.channel(NioSocketChannel.class)
			.option(ChannelOption.TCP_NODELAY, true)
			.handler(new ChannelInitializer<Channel>() {

				@Override
				protected void initChannel(Channel channel) {
					if (Crowd.this.tls.covers(Crowd.this.numbers.getAndIncrement())) {
						channel.pipeline().addLast(new SslHandler(Crowd.this.tls.engine()));
					}
					channel.pipeline().addLast(new CrowdClient(Crowd.this, webSocket, busy));
				}

			});
		for (int i = 0; i < clients; i++) {
			if (!this.connecting.tryAcquire(10, TimeUnit.SECONDS)) {
				throw new IllegalStateException("Only " + this.ready + " clients could connect");
			}
			bootstrap.connect("127.0.0.1", port);
		}
		this.connecting.acquire(MAX_CONNECTING);
		this.connecting.release(MAX_CONNECTING);
		if (this.ready.get() != before + clients) {
			throw new IllegalStateException("Only " + this.ready + " clients could connect");
		}
	}

	void ready() {
		this.ready.incrementAndGet();
		this.connecting.release();
	}

	void responded(boolean inOrder, String payload) {
		this.responses.increment();
		if (payload.contains("\"code\":503")) {
			this.refused.increment();
		}
		else if (!inOrder || !payload.contains("hello")) {
			this.wrong.increment();
		}
	}

	void disconnected(boolean orderly) {
		this.disconnected.incrementAndGet();
		if (!orderly) {
			this.cutOff.increment();
		}
	}

	int disconnected() {
		return this.disconnected.get();
	}

	/** Returns the number of responses, including those with 503. */
	long responses() {
		return this.responses.sum();
	}

	long refused() {
		return this.refused.sum();
	}

	/** Returns the number of wrong responses. */
	long wrong() {
		return this.wrong.sum();
	}

	/** Returns the number of connections that did not end in good order. */
	long cutOff() {
		return this.cutOff.sum();
	}

	@Override
	public void close() {
		this.thread.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
	}

}
