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
 * Thousands of clients that do the same, on one thread.
 */
final class Crowd implements AutoCloseable {

	/** So many knock at a time. */
	private static final int AT_THE_DOOR = 200;

	private final IoEventLoopGroup thread = new MultiThreadIoEventLoopGroup(1, NioIoHandler.newFactory());

	private final Semaphore door = new Semaphore(AT_THE_DOOR);

	private final AtomicInteger numbers = new AtomicInteger();

	private final AtomicInteger ready = new AtomicInteger();

	private final AtomicInteger gone = new AtomicInteger();

	private final LongAdder answered = new LongAdder();

	private final LongAdder refused = new LongAdder();

	private final LongAdder wrong = new LongAdder();

	private final LongAdder cutOff = new LongAdder();

	private final SoakTls tls;

	Crowd(SoakTls tls) {
		this.tls = tls;
	}

	/** Lets clients connect, and waits until all are in. */
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
			if (!this.door.tryAcquire(10, TimeUnit.SECONDS)) {
				throw new IllegalStateException("Only " + this.ready + " clients came in");
			}
			bootstrap.connect("127.0.0.1", port);
		}
		this.door.acquire(AT_THE_DOOR);
		this.door.release(AT_THE_DOOR);
		if (this.ready.get() != before + clients) {
			throw new IllegalStateException("Only " + this.ready + " clients came in");
		}
	}

	void ready() {
		this.ready.incrementAndGet();
		this.door.release();
	}

	void answered(boolean inTurn, String payload) {
		this.answered.increment();
		if (payload.contains("\"code\":503")) {
			this.refused.increment();
		}
		else if (!inTurn || !payload.contains("hello")) {
			this.wrong.increment();
		}
	}

	void gone(boolean inGoodOrder) {
		this.gone.incrementAndGet();
		if (!inGoodOrder) {
			this.cutOff.increment();
		}
	}

	int gone() {
		return this.gone.get();
	}

	/** How many answers came, those with 503 among them. */
	long answered() {
		return this.answered.sum();
	}

	long refused() {
		return this.refused.sum();
	}

	/** How many answers were not the right ones. */
	long wrong() {
		return this.wrong.sum();
	}

	/** How many connections did not end in good order. */
	long cutOff() {
		return this.cutOff.sum();
	}

	@Override
	public void close() {
		this.thread.shutdownGracefully(0, 1, TimeUnit.SECONDS).syncUninterruptibly();
	}

}
