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
 * Clients of one server, all on one event loop, which leaves the other cores to the
 * server. Methods block, and throw {@link IllegalStateException} if a fault has made the
 * measurement invalid.
 */
public final class Clients implements AutoCloseable {

	private static final Duration TIMEOUT = Duration.ofSeconds(60);

	/** The maximum number of concurrent handshakes. */
	private static final int MAX_CONNECTING = 200;

	private static final Duration HEARTBEAT = Duration.ofSeconds(10);

	private final EventLoopGroup loop = new MultiThreadIoEventLoopGroup(1,
			Epoll.isAvailable() ? EpollIoHandler.newFactory() : NioIoHandler.newFactory());

	private final InetSocketAddress server;

	private final boolean webSocket;

	private final Traffic traffic = new Traffic();

	private final List<Client> all = new ArrayList<>();

	private @Nullable Pacer pacer;

	/** Whether clients can resume their sessions. */
	private boolean resumable;

	private int turn;

	/**
	 * Creates an instance without clients.
	 * @param server the server to connect to
	 * @param webSocket whether to use WebSockets; plain TCP otherwise
	 */
	public Clients(InetSocketAddress server, boolean webSocket) {
		this.server = server;
		this.webSocket = webSocket;
		this.loop.next()
			.scheduleAtFixedRate(() -> this.all.forEach(Client::heartbeat), HEARTBEAT.toSeconds(),
					HEARTBEAT.toSeconds(), TimeUnit.SECONDS);
	}

	/**
	 * Makes the clients that connect later able to resume their sessions.
	 * @return this
	 */
	public Clients resumable() {
		this.resumable = true;
		return this;
	}

	/**
	 * Connects clients, and waits until their handshakes are complete.
	 * @param count the number of additional clients
	 * @return the number of connects per second
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
			done.get(TIMEOUT.toSeconds(), TimeUnit.SECONDS);
		}
		catch (Exception ex) {
			throw new IllegalStateException("Not all clients could connect", ex);
		}
		return count / ((System.nanoTime() - start) / 1e9);
	}

	/**
	 * Begins to send requests: each client keeps a number of them in flight.
	 * @param route the route of the requests
	 * @param body the body of the requests
	 * @param inFlight the number of requests in flight per client
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
	 * Begins to send requests at a fixed rate, one client after the other, without
	 * waiting for responses. Latency counts from when a request was due.
	 * @param route the route of the requests
	 * @param body the body of the requests
	 * @param perSecond the rate of all clients together
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
	 * Begins to send notifications from one client at a fixed rate. Their last eight
	 * bytes are the time they were due, and all pushes from then on must end with the
	 * same bytes.
	 * @param route the route of the notifications
	 * @param length the length of their bodies, in bytes
	 * @param perSecond the rate
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
	 * Measures the running load.
	 * @param time the duration of the measurement
	 * @return the measurement
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

	/** Stops sending, and waits for all responses. */
	public void end() {
		onLoop(() -> {
			this.traffic.running = false;
			if (this.pacer != null) {
				this.pacer.stop();
			}
			return null;
		});
		await("a response was not received", () -> this.traffic.waiting == 0);
	}

	/**
	 * Sends one request from each of the first clients, and waits for the responses.
	 * @param clients the number of clients
	 * @param route the route of the requests
	 * @param body the body of the requests
	 */
	public void once(int clients, String route, byte[] body) {
		onLoop(() -> {
			this.all.subList(0, clients).forEach((client) -> client.once(route, body));
			return null;
		});
		await("a response was not received", () -> this.traffic.waiting == 0);
	}

	/**
	 * Waits for pushes.
	 * @param count the number of pushes that all clients have received together since
	 * they connected
	 */
	public void awaitPushes(long count) {
		await("a push was not received", () -> this.traffic.pushes >= count);
	}

	public int count() {
		return onLoop(this.all::size);
	}

	public long pushes() {
		return onLoop(() -> this.traffic.pushes);
	}

	private void await(String failure, Callable<Boolean> condition) {
		long end = System.nanoTime() + TIMEOUT.toNanos();
		while (!onLoop(condition)) {
			if (System.nanoTime() > end) {
				throw new IllegalStateException(failure);
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
			throw new IllegalStateException("The measurement is invalid: " + fault);
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

	/** Connects a number of clients. Confined to the event loop. */
	private final class Connecting {

		private final CompletableFuture<Void> done;

		private int toStart;

		private int toFinish;

		private int inFlight;

		Connecting(int count, CompletableFuture<Void> done) {
			this.toStart = count;
			this.toFinish = count;
			this.done = done;
		}

		void more() {
			while (this.toStart > 0 && this.inFlight < MAX_CONNECTING) {
				this.toStart--;
				this.inFlight++;
				connect();
			}
		}

		private void connect() {
			Client client = new Client(Clients.this.traffic, Clients.this.resumable, this::connected);
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
			this.inFlight--;
			this.toFinish--;
			more();
			if (this.toFinish == 0) {
				this.done.complete(null);
			}
		}

	}

}
