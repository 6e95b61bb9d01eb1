package io.nanogame.connection;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Collections;
import java.util.List;
import java.util.Queue;
import java.util.Set;
import java.util.concurrent.TimeUnit;

import io.nanogame.lane.Lanes;
import io.nanogame.lane.ManualExecutor;
import io.nanogame.lane.Timers;
import io.nanogame.protocol.RouteDictionary;
import io.nanogame.route.Route;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import io.nanogame.server.GameServer;
import io.nanogame.server.GameServerBuilder;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.session.Sessions;
import io.nanogame.time.TimeSource;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import io.netty.util.Timeout;
import io.netty.util.TimerTask;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server whose one loop, whose workers and whose time stand still until a test moves
 * them on.
 */
final class StillServer {

	final ManualExecutor workers = new ManualExecutor();

	/** The turns of the loop that are to come. */
	final Queue<Runnable> turns = new ArrayDeque<>();

	private final Payloads payloads = new Payloads(new JsonSerializer(JsonMapper.shared()));

	final Sessions sessions = new Sessions(this.payloads, this.workers);

	private final StillTime time = new StillTime();

	private final Loop loop;

	private final GameServer server;

	StillServer(TransportSettings settings, Route... routes) {
		this(settings, RouteDictionary.EMPTY, routes);
	}

	StillServer(TransportSettings settings, RouteDictionary dictionary, Route... routes) {
		GameServerBuilder builder = GameServer.builder(this.payloads, new Lanes(this.workers, 1000), this.sessions,
				new Timers(this.workers, Duration.ofMillis(1), this.time));
		this.server = builder.routes(List.of(routes))
			.settings(settings)
			.dictionary(dictionary)
			.listeners(List.of())
			.build();
		this.loop = new Loop();
	}

	TransportContext context() {
		return this.server.transport();
	}

	Traffic traffic() {
		return this.server.traffic();
	}

	/** The only session. */
	Session session() {
		return this.sessions.all().iterator().next();
	}

	/** Lets workers and turns of the loop do all there is to do. */
	void finish() {
		while (this.workers.waiting() > 0 || !this.turns.isEmpty()) {
			this.workers.runAll();
			if (!this.turns.isEmpty()) {
				nextTurn();
			}
		}
	}

	void nextTurn() {
		this.turns.remove().run();
	}

	void pass(Duration duration) {
		this.time.now += duration.toNanos();
	}

	Client connect() {
		return new Client();
	}

	/** A client and its wire. */
	final class Client implements Wire {

		private final ByteBuf output = Unpooled.buffer();

		boolean finished;

		boolean paused;

		private final ByteBuf input = Unpooled.buffer();

		private final ClientConnection connection = ClientConnection.open(context(),
				context().protocols().choose(List.of("pomelo")), this);

		/** One read that brings all of these. */
		Client send(byte[]... packets) {
			for (byte[] packet : packets) {
				this.input.writeBytes(packet);
			}
			if (!this.paused) {
				this.connection.receive(this.input);
			}
			return this;
		}

		/** One read that brings a packet many times. */
		Client send(int count, byte[] packet) {
			return send(Collections.nCopies(count, packet).toArray(byte[][]::new));
		}

		Client handshake() {
			return send(new byte[] { 1, 0, 0, 0 }, new byte[] { 2, 0, 0, 0 });
		}

		void sweep() {
			this.connection.sweep(context().nanoTime());
		}

		/** All that was sent to this client, as text. */
		String text() {
			return this.output.toString(StandardCharsets.UTF_8);
		}

		/** How many packets of a type were sent to this client. */
		long packets(int type) {
			ByteBuf in = this.output.slice();
			long count = 0;
			while (in.isReadable()) {
				count += (in.readByte() == type) ? 1 : 0;
				in.skipBytes(in.readUnsignedMedium());
			}
			return count;
		}

		@Override
		public OutputLoop loop() {
			return StillServer.this.loop;
		}

		@Override
		public ByteBuf append(int length) {
			return this.output.ensureWritable(length);
		}

		@Override
		public void flush() {
		}

		@Override
		public long pendingBytes() {
			return 0;
		}

		@Override
		public boolean isWritable() {
			return true;
		}

		@Override
		public void pause() {
			this.paused = true;
		}

		@Override
		public void resume() {
			this.paused = false;
			this.connection.receive(this.input);
		}

		@Override
		public void finish(CloseReason reason) {
			this.finished = true;
		}

		@Override
		public void abort() {
			this.finished = true;
		}

		@Override
		public SocketAddress remoteAddress() {
			return new InetSocketAddress("127.0.0.1", 1);
		}

		@Override
		public String transport() {
			return "memory";
		}

	}

	private final class Loop extends OutputLoop {

		Loop() {
		}

		@Override
		public void execute(Runnable task) {
			task.run();
		}

		@Override
		protected void nextTurn(Runnable task) {
			StillServer.this.turns.add(task);
		}

		@Override
		protected boolean isIdle() {
			return true;
		}

		@Override
		protected void enqueue(Runnable output) {
			output.run();
		}

		@Override
		protected void flushSoon(Wire wire) {
		}

		@Override
		protected void add(CarriedConnection connection) {
		}

		@Override
		protected void remove(CarriedConnection connection) {
		}

	}

	private static final class StillTime implements TimeSource {

		private long now;

		@Override
		public long nanoTime() {
			return this.now;
		}

		@Override
		public long currentTimeMillis() {
			return this.now / 1_000_000;
		}

		@Override
		public Timeout newTimeout(TimerTask task, long delay, TimeUnit unit) {
			throw new UnsupportedOperationException();
		}

		@Override
		public Set<Timeout> stop() {
			return Set.of();
		}

	}

}
