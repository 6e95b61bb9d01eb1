package io.nanogame.benchmarks.load;

import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.netty.bootstrap.Bootstrap;
import io.netty.channel.Channel;
import io.netty.channel.ChannelInitializer;
import io.netty.channel.ChannelOption;
import io.netty.channel.EventLoopGroup;
import io.netty.channel.MultiThreadIoEventLoopGroup;
import io.netty.channel.epoll.Epoll;
import io.netty.channel.epoll.EpollIoHandler;
import io.netty.channel.epoll.EpollSocketChannel;
import io.netty.channel.nio.NioIoHandler;
import io.netty.channel.socket.nio.NioSocketChannel;
import org.jspecify.annotations.Nullable;

/**
 * Players of one server, all on one event loop, so that they leave the rest of the
 * machine to it. Methods block, and throw {@link IllegalStateException} when something
 * happened that makes the figures worth nothing.
 */
public final class Clients implements AutoCloseable {

	private static final Duration PATIENCE = Duration.ofSeconds(60);

	/** So many shake hands at a time. */
	private static final int CONNECTING = 200;

	private static final Duration HEARTBEAT = Duration.ofSeconds(10);

	private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1,
			Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());

	private final InetSocketAddress server;

	private final boolean webSocket;

	private final Traffic traffic = new Traffic();

	private final List<Client> all = new ArrayList<>();

	private @Nullable Pacer pacer;

	private int turn;

	/**
	 * Nobody yet.
	 * @param server to connect to
	 * @param webSocket or bare TCP
	 */
	public Clients(InetSocketAddress server, boolean webSocket) {
		this.server = server;
		this.webSocket = webSocket;
		this.loop.next()
			.scheduleAtFixedRate(() -> this.all.forEach(Client::heartbeat), HEARTBEAT.toSeconds(),
					HEARTBEAT.toSeconds(), TimeUnit.SECONDS);
	}

	/**
	 * Connects, and waits until all have shaken hands.
	 * @param count how many more
	 * @return how many a second
	 */
	public double connect(int count) {
		long start = System.nanoTime();
		CompletableFuture<Void> done = new CompletableFuture<>();
		Connecting connecting = new Connecting(count, done);
		onLoop(() -> {
			connecting.more();
			return null;
		});
		try {
			done.get(PATIENCE.toSeconds(), TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException("Not all clients could connect", ex);
		}
		return count / ((System.nanoTime() - start) / 1e9);
	}

	/**
	 * Begins to send requests without end: each client as many as may be under way, and
	 * the next one when an answer comes.
	 * @param route of the requests
	 * @param body of the requests
	 * @param inFlight how many a client has under way
	 */
	public void begin(String route, byte[] body, int inFlight) {
		onLoop(() -> {
			this.traffic.route = route;
			this.traffic.body = body;
			this.traffic.inFlight = inFlight;
			this.traffic.paced = false;
			this.traffic.running = true;
			this.all.forEach(Client::begin);
			return null;
		});
	}

	/**
	 * Begins to send requests at a fixed rate, one client after the other, whether
	 * answers come or not. A request counts from when it was due.
	 * @param route of the requests
	 * @param body of the requests
	 * @param perSecond how many of all clients
	 */
	public void beginPaced(String route, byte[] body, int perSecond) {
		onLoop(() -> {
			this.traffic.route = route;
			this.traffic.body = body;
			this.traffic.paced = true;
			this.traffic.running = true;
			this.pacer = new Pacer(this.loop.next(), perSecond,
					(due) -> this.all.get(this.turn++ % this.all.size()).paced(due));
			return null;
		});
	}

	/**
	 * Lets one client send notifies at a fixed rate, whose last eight bytes are the time
	 * they were due. What is pushed from then on has to end with the same bytes.
	 * @param route of the notifies
	 * @param length of their bodies, in bytes
	 * @param perSecond how many
	 */
	public void beginStamped(String route, int length, int perSecond) {
		onLoop(() -> {
			this.traffic.stamped = true;
			ByteBuffer body = ByteBuffer.allocate(length);
			this.pacer = new Pacer(this.loop.next(), perSecond,
					(due) -> this.all.get(0).notify(route, body.putLong(length - Long.BYTES, due).array()));
			return null;
		});
	}

	/**
	 * Measures what is going on.
	 * @param time for so long
	 * @return what was seen
	 */
	public Measure measure(Duration time) throws InterruptedException {
		long start = onLoop(() -> {
			this.traffic.reset();
			return System.nanoTime();
		});
		Thread.sleep(time.toMillis());
		return onLoop(() -> new Measure((System.nanoTime() - start) / 1e9, this.traffic.responses,
				this.traffic.nanos.copy()));
	}

	/** Sends no more, and waits for all answers. */
	public void end() {
		onLoop(() -> {
			this.traffic.running = false;
			if (this.pacer != null) {
				this.pacer.stop();
			}
			return null;
		});
		await("an answer did not come", () -> this.traffic.waiting == 0);
	}

	/**
	 * Lets clients send one request each, and waits for the answers.
	 * @param clients how many clients, the first ones
	 * @param route of the requests
	 * @param body of the requests
	 */
	public void once(int clients, String route, byte[] body) {
		onLoop(() -> {
			this.all.subList(0, clients).forEach((client) -> client.once(route, body));
			return null;
		});
		await("an answer did not come", () -> this.traffic.waiting == 0);
	}

	/**
	 * Waits for pushes.
	 * @param count how many all clients have to get, since they connected
	 */
	public void awaitPushes(long count) {
		await("a push did not come", () -> this.traffic.pushes >= count);
	}

	public int count() {
		return onLoop(this.all::size);
	}

	public long pushes() {
		return onLoop(() -> this.traffic.pushes);
	}

	private void await(String otherwise, Callable<Boolean> condition) {
		long end = System.nanoTime() + PATIENCE.toNanos();
		while (!onLoop(condition)) {
			if (System.nanoTime() > end) {
				throw new IllegalStateException(otherwise);
			}
			try {
				Thread.sleep(1);
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
				throw new IllegalStateException(ex);
			}
		}
	}

	private <T> T onLoop(Callable<T> task) {
		T result;
		try {
			result = this.loop.next().submit(task).get();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
		String fault = this.traffic.fault;
		if (fault != null) {
			throw new IllegalStateException("The figures are worth nothing: " + fault);
		}
		return result;
	}

	@Override
	public void close() {
		onLoop(() -> {
			this.all.forEach(Client::close);
			return null;
		});
		this.loop.shutdownGracefully(0, 5, TimeUnit.SECONDS).syncUninterruptibly();
	}

	/** Some clients on their way in. Event loop. */
	private final class Connecting {

		private final CompletableFuture<Void> done;

		private int toStart;

		private int toFinish;

		private int underWay;

		Connecting(int count, CompletableFuture<Void> done) {
			this.toStart = count;
			this.toFinish = count;
			this.done = done;
		}

		void more() {
			while (this.toStart > 0 && this.underWay < CONNECTING) {
				this.toStart--;
				this.underWay++;
				connect();
			}
		}

		private void connect() {
			Client client = new Client(Clients.this.traffic, this::connected);
			Clients.this.all.add(client);
			new Bootstrap().group(Clients.this.loop)
				.channel(Epoll.isAvailable() ? EpollSocketChannel.class : NioSocketChannel.class)
				.option(ChannelOption.TCP_NODELAY, true)
				.handler(new ChannelInitializer<>() {

					@Override
					protected void initChannel(Channel channel) {
						if (Clients.this.webSocket) {
							WebSocketUpgrade.add(channel.pipeline(), Clients.this.server, client);
						}
						else {
							channel.pipeline().addLast(client);
						}
					}

				})
				.connect(Clients.this.server)
				.addListener((connected) -> {
					if (!connected.isSuccess()) {
						this.done.completeExceptionally(connected.cause());
					}
				});
		}

		private void connected() {
			this.underWay--;
			this.toFinish--;
			more();
			if (this.toFinish == 0) {
				this.done.complete(null);
			}
		}

	}

}
