package io.nanogame.connection;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentMap;

import io.nanogame.session.CloseReason;
import io.nanogame.session.Connection;
import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.LoopMembers;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import io.nanogame.session.SharedMembers;
import io.nanogame.time.TimeSource;
import org.jspecify.annotations.Nullable;

/**
 * An output loop that records the payloads its connections would send. It runs when a
 * test says so, on the thread of the test.
 */
public final class RecordingLoop extends OutputLoop {

	private final Queue<Runnable> output = new ConcurrentLinkedQueue<>();

	private final ConcurrentMap<Connection, List<String>> received = new ConcurrentHashMap<>();

	private final boolean sharing;

	/** Runs while a payload is delivered, as code of the game may. */
	public Runnable onDelivery = () -> {
	};

	private volatile @Nullable Thread thread;

	/**
	 * A loop.
	 * @param sharing whether it sends on the calling thread, as the loop of a servlet
	 * WebSocket does
	 */
	public RecordingLoop(boolean sharing) {
		this.sharing = sharing;
	}

	/**
	 * Makes a connection of this loop.
	 * @return to nowhere
	 */
	public Connection connect() {
		Connection connection = new Recorded();
		this.received.put(connection, new ArrayList<>());
		return connection;
	}

	/**
	 * The payloads a client got.
	 * @param session of this loop
	 * @return in order
	 */
	public List<String> received(Session session) {
		return List.copyOf(this.received.getOrDefault(SessionHandle.of(session).connection(), List.of()));
	}

	/** Does something on the loop, as a handler that does not block. */
	@Override
	public void execute(Runnable task) {
		Thread outer = this.thread;
		this.thread = Thread.currentThread();
		try {
			task.run();
		}
		finally {
			this.thread = outer;
		}
	}

	/**
	 * Runs queued output.
	 * @param most how many tasks
	 * @return how many there were
	 */
	public int run(int most) {
		int done = 0;
		Runnable task;
		while (done < most && (task = this.output.poll()) != null) {
			execute(task);
			done++;
		}
		return done;
	}

	@Override
	protected boolean isIdle() {
		return this.thread == Thread.currentThread() && this.output.isEmpty();
	}

	@Override
	protected void enqueue(Runnable task) {
		this.output.add(task);
	}

	@Override
	public LoopMembers members() {
		return this.sharing ? new SharedMembers(this) : super.members();
	}

	@Override
	public LoopMembers members(TimeSource time) {
		return this.sharing ? members() : super.members(time);
	}

	@Override
	public void broadcast(OutboundMessage message, Collection<Session> members) {
		if (this.sharing) {
			members.forEach((member) -> SessionHandle.of(member).connection().send(message));
		}
		else {
			super.broadcast(message, members);
		}
	}

	@Override
	void deliver(Broadcast broadcast, Session member) {
		if (SessionHandle.of(member).connection() instanceof Recorded recorded) {
			record(recorded, broadcast.message());
		}
		else {
			super.deliver(broadcast, member);
		}
	}

	private void record(Connection connection, OutboundMessage message) {
		this.received.get(connection).add(new String(message.body(), StandardCharsets.UTF_8));
		this.onDelivery.run();
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

	/** Sends to the record. */
	private final class Recorded implements Connection {

		@Override
		public void send(OutboundMessage message) {
			message.body();
			inOrder(() -> record(this, message));
		}

		@Override
		public void close(CloseReason reason) {
		}

		@Override
		public ConnectionLoop loop() {
			return RecordingLoop.this;
		}

		@Override
		public void resume() {
		}

		@Override
		public SocketAddress remoteAddress() {
			return InetSocketAddress.createUnresolved("client", 1);
		}

		@Override
		public String transport() {
			return "recorded";
		}

		@Override
		public Map<String, List<String>> queryParameters() {
			return Map.of();
		}

	}

}
