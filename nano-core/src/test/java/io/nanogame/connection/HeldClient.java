package io.nanogame.connection;

import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Queue;

import io.nanogame.pipeline.OutboundInterceptors;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Connection;
import io.nanogame.session.ConnectionLoop;
import io.nanogame.session.Introduction;
import io.nanogame.session.LatestPush;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.TestSessions;
import io.netty.buffer.ByteBuf;

/**
 * A client that reads when a test says so, with the outbound queue of a real connection;
 * its loop and the workers run when the test says so, too.
 */
final class HeldClient {

	/** The high-water mark, in bytes. */
	static final int MARK = 1000;

	final TestSessions sessions = new TestSessions();

	final Traffic traffic = new Traffic();

	/** Route and body of what the protocol has written. */
	final List<String> sent = new ArrayList<>();

	final Session session;

	private final Loop loop = new Loop();

	private final OutboundQueue queue;

	private boolean onLoop;

	private long unflushed;

	private long unread;

	private boolean writable = true;

	HeldClient() {
		Wire wire = (Wire) Proxy.newProxyInstance(getClass().getClassLoader(), new Class<?>[] { Wire.class },
				(proxy, method, arguments) -> call(method.getName()));
		this.queue = new OutboundQueue(new OutboundPolicy(new OutboundInterceptors(List.of()), this.traffic, null, MARK,
				PushSettings.defaults(), () -> 0), wire, new Written());
		this.session = this.sessions.registry.create(new Piped(), Introduction.UNKNOWN);
		this.sessions.registry.open(this.session);
		this.queue.open();
	}

	private Object call(String method) {
		return switch (method) {
			case "loop" -> this.loop;
			case "isWritable" -> this.writable;
			case "pendingBytes" -> this.unflushed + this.unread;
			case "flush" -> {
				this.unread += this.unflushed;
				this.unflushed = 0;
				this.writable &= this.unread <= MARK;
				yield null;
			}
			default -> throw new UnsupportedOperationException(method);
		};
	}

	boolean isOnLoop() {
		return this.onLoop;
	}

	/** The client reads, and as Netty does, that is reported below half of the mark. */
	void read(long bytes) {
		this.unread -= Math.min(this.unread, bytes);
		if (!this.writable && this.unread < MARK / 2) {
			this.writable = true;
			this.onLoop = true;
			this.queue.releaseHeld(this.session);
			this.onLoop = false;
		}
	}

	/** Sends so much that the client is behind. */
	void fallBehind() {
		this.session.push("onNoise", new byte[MARK + 1]);
		runLoop();
		this.sent.clear();
	}

	int loopTasks() {
		return this.loop.tasks.size();
	}

	void runLoopTask() {
		this.onLoop = true;
		this.loop.tasks.remove().run();
		this.onLoop = false;
	}

	void runLoop() {
		while (!this.loop.tasks.isEmpty()) {
			runLoopTask();
		}
	}

	/** The client reads everything, until nothing is left to be done. */
	void finish() {
		while (loopTasks() > 0 || this.sessions.workers.waiting() > 0 || this.unread > 0) {
			runLoop();
			this.sessions.workers.runAll();
			read(Long.MAX_VALUE);
		}
	}

	private final class Written implements ProtocolConnection {

		@Override
		public void append(Wire wire, OutboundMessage message) {
			HeldClient.this.unflushed += message.body().length;
			HeldClient.this.sent.add(message.route() + " " + new String(message.body(), StandardCharsets.UTF_8));
		}

		@Override
		public void receive(ByteBuf in) {
			throw new UnsupportedOperationException();
		}

		@Override
		public int announcedLength(ByteBuf rest) {
			throw new UnsupportedOperationException();
		}

		@Override
		public boolean sendsHeartbeats() {
			return true;
		}

		@Override
		public BroadcastForm broadcastForm() {
			return OutboundMessage::body;
		}

		@Override
		public byte[] farewell(CloseReason reason) {
			return null;
		}

	}

	private final class Piped implements Connection {

		@Override
		public void send(OutboundMessage message) {
			HeldClient.this.queue.send(HeldClient.this.session, message);
		}

		@Override
		public boolean hold(LatestPush push) {
			return HeldClient.this.queue.hold(push);
		}

		@Override
		public void close(CloseReason reason) {
			HeldClient.this.queue.close();
		}

		@Override
		public ConnectionLoop loop() {
			return HeldClient.this.loop;
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
			return "memory";
		}

		@Override
		public Map<String, List<String>> queryParameters() {
			return Map.of();
		}

	}

	private final class Loop extends OutputLoop {

		private final Queue<Runnable> tasks = new ArrayDeque<>();

		@Override
		public void execute(Runnable task) {
			this.tasks.add(task);
		}

		@Override
		public boolean isCurrent() {
			return HeldClient.this.onLoop;
		}

		@Override
		protected boolean isIdle() {
			return HeldClient.this.onLoop && this.tasks.isEmpty();
		}

		@Override
		protected void enqueue(Runnable output) {
			this.tasks.add(output);
		}

		@Override
		protected void flushSoon(Wire wire) {
			this.tasks.add(wire::flush);
		}

		@Override
		protected void add(CarriedConnection connection) {
		}

		@Override
		protected void remove(CarriedConnection connection) {
		}

	}

}
