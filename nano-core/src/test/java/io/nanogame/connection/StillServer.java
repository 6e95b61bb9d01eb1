package io.nanogame.connection;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

import io.nanogame.lane.Lanes;
import io.nanogame.lane.ManualExecutor;
import io.nanogame.lane.Timers;
import io.nanogame.memory.ManualTime;
import io.nanogame.memory.MemoryClient;
import io.nanogame.memory.MemoryTransport;
import io.nanogame.plain.JsonProtocol;
import io.nanogame.pomelo.PomeloProtocol;
import io.nanogame.protocol.RouteDictionary;
import io.nanogame.resume.ResumableSessions;
import io.nanogame.route.Route;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import io.nanogame.server.GameServer;
import io.nanogame.server.GameServerBuilder;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import io.nanogame.session.Sessions;
import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import tools.jackson.databind.json.JsonMapper;

/**
 * A server in memory whose loop, whose workers and whose time stand still until a test
 * moves them on. A turn is one task of the loop, such as a read.
 */
final class StillServer {

	/** A route whose pushes are held for a client that does not read. */
	static final String COALESCED = "onState";

	final ManualExecutor workers = new ManualExecutor();

	private final ManualExecutor loop = new ManualExecutor();

	private final ManualTime time = new ManualTime(this.loop::runAll);

	private final Payloads payloads = new Payloads(new JsonSerializer(JsonMapper.shared()));

	final Sessions sessions;

	private final GameServer server;

	private final MemoryTransport transport;

	/** Another loop, whose clients are {@link #connectElsewhere}. */
	final ManualExecutor otherLoop = new ManualExecutor();

	private final MemoryTransport otherTransport;

	StillServer(TransportSettings settings, Route... routes) {
		this(settings, RouteDictionary.EMPTY, routes);
	}

	StillServer(TransportSettings settings, LoginPolicy policy, Route... routes) {
		this(1, settings, RouteDictionary.EMPTY, policy, routes);
	}

	StillServer(TransportSettings settings, RouteDictionary dictionary, Route... routes) {
		this(1, settings, dictionary, LoginPolicy.SEVERAL, routes);
	}

	/**
	 * A server whose sessions have other ids than those of another one.
	 * @param firstId the id of the first session
	 */
	StillServer(long firstId, TransportSettings settings, LoginPolicy policy, Route... routes) {
		this(firstId, settings, RouteDictionary.EMPTY, policy, routes);
	}

	private StillServer(long firstId, TransportSettings settings, RouteDictionary dictionary, LoginPolicy policy,
			Route... routes) {
		this.sessions = new Sessions(this.payloads, this.workers, 0, new AtomicLong(firstId)::getAndIncrement, policy);
		GameServerBuilder builder = GameServer.builder(this.payloads, new Lanes(this.workers, 1000), this.sessions,
				new Timers(this.workers, Duration.ofMillis(1), this.time));
		this.server = builder.routes(List.of(routes))
			.settings(settings)
			.protocols(List
				.of(new JsonProtocol(settings.connection().packets(), Payloads.jsonText(this.payloads.serializer()))))
			.dictionary(dictionary)
			.pushes(new PushSettings(Duration.ZERO, Map.of(COALESCED, PushPolicy.COALESCE),
					(route, value) -> new Object()))
			.listeners(List.of())
			.build();
		this.transport = new MemoryTransport(this.server.transport(), this.loop, this.time);
		this.otherTransport = new MemoryTransport(this.server.transport(), this.otherLoop, this.time);
	}

	Traffic traffic() {
		return this.server.traffic();
	}

	TransportContext transport() {
		return this.server.transport();
	}

	ResumableSessions resumable() {
		return this.server.transport().resumable();
	}

	Payloads sessionPayloads() {
		return this.payloads;
	}

	/** The only session. */
	Session session() {
		return this.sessions.all().iterator().next();
	}

	boolean hasTurn() {
		return this.loop.waiting() > 0;
	}

	void nextTurn() {
		this.loop.runNext();
	}

	/** Lets the loop do all there is to do, but no worker. */
	void runTurns() {
		this.loop.runAll();
	}

	/** Lets workers and the loop do all there is to do. */
	void finish() {
		while (this.workers.waiting() > 0 || hasTurn()) {
			this.workers.runAll();
			runTurns();
		}
	}

	/** Advances the time; the loop sweeps its connections meanwhile. */
	void pass(Duration duration) {
		this.time.advance(duration);
	}

	Connections connections() {
		return this.server.transport().connections();
	}

	Client connect() {
		return connect(PomeloProtocol.NAME);
	}

	Client connect(String protocol) {
		return new Client(this.transport, protocol);
	}

	Client connectElsewhere() {
		return new Client(this.otherTransport, PomeloProtocol.NAME);
	}

	/** A client in memory, and what it was sent. */
	final class Client implements MemoryClient.Receiver {

		private final ByteBuf output = Unpooled.buffer();

		private final MemoryClient end;

		private boolean closed;

		private Session session;

		private Client(MemoryTransport by, String protocol) {
			this.end = by.connect(protocol, this);
		}

		/** One read that brings all of these, in the turn that is due next. */
		Client send(byte[]... packets) {
			long before = traffic().bytesReceived();
			queue(packets);
			while (traffic().bytesReceived() == before && hasTurn()) {
				nextTurn();
			}
			return this;
		}

		/** One read that brings a packet many times. */
		Client send(int count, byte[] packet) {
			return send(Collections.nCopies(count, packet).toArray(byte[][]::new));
		}

		/** The same, in a later turn of the loop. */
		void queue(byte[]... packets) {
			this.end.send(Unpooled.copiedBuffer(packets).array());
		}

		Client handshake() {
			send(new byte[] { 1, 0, 0, 0 }, new byte[] { 2, 0, 0, 0 });
			this.session = StillServer.this.sessions.all()
				.stream()
				.reduce((one, other) -> (one.id() > other.id()) ? one : other)
				.orElseThrow();
			return this;
		}

		void stopReading() {
			this.end.stopReading();
		}

		/** The connection breaks. */
		void cut() {
			this.end.close();
		}

		/** Has the server look now whether the client has had enough time. */
		void sweep() {
			connection().sweep(StillServer.this.server.transport().nanoTime());
		}

		ClientConnection connection() {
			return (ClientConnection) SessionHandle.of(this.session).connection();
		}

		/** Whether the server does not read from this client now. */
		boolean isPaused() {
			return connection().gate().isPaused();
		}

		/**
		 * Whether the server has ended the connection, when the loop has done its turns.
		 */
		boolean isClosed() {
			runTurns();
			return this.closed;
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
		public void received(byte[] bytes) {
			this.output.writeBytes(bytes);
		}

		@Override
		public void closed() {
			this.closed = true;
		}

	}

}
