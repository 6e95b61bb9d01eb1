package io.nanogame.session;

import java.net.InetSocketAddress;
import java.net.SocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicInteger;

import io.nanogame.protocol.MessageType;
import org.jspecify.annotations.Nullable;

/**
 * A connection to nowhere that keeps what it is sent.
 */
public final class MemoryConnection implements Connection {

	private final List<OutboundMessage> sent = new CopyOnWriteArrayList<>();

	private final List<CloseReason> closed = new CopyOnWriteArrayList<>();

	private final AtomicInteger resumes = new AtomicInteger();

	private final ConnectionLoop loop;

	public MemoryConnection(ConnectionLoop loop) {
		this.loop = loop;
	}

	/**
	 * What was sent, for people.
	 * @return such as {@code push onNews 1}, {@code response 7 {}}, {@code error 7 {}}
	 */
	public List<String> sent() {
		return this.sent.stream().map(MemoryConnection::line).toList();
	}

	private static String line(OutboundMessage message) {
		String body = new String(message.body(), StandardCharsets.UTF_8);
		if (message.type() == MessageType.PUSH) {
			return "push " + message.route() + " " + body;
		}
		return (message.isError() ? "error " : "response ") + message.id() + " " + body;
	}

	public List<CloseReason> closed() {
		return this.closed;
	}

	public int resumes() {
		return this.resumes.get();
	}

	@Override
	public void send(OutboundMessage message) {
		message.body();
		if (this.closed.isEmpty()) {
			this.sent.add(message);
		}
	}

	@Override
	public void close(CloseReason reason) {
		this.closed.add(reason);
	}

	@Override
	public ConnectionLoop loop() {
		return this.loop;
	}

	@Override
	public void resume() {
		this.resumes.incrementAndGet();
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
		return Map.of("room", List.of("7"));
	}

	/**
	 * A loop of such connections.
	 */
	public static final class Loop implements ConnectionLoop {

		private final AtomicInteger broadcasts = new AtomicInteger();

		private final Executor executor;

		private volatile @Nullable Thread current;

		public Loop(Executor executor) {
			this.executor = executor;
		}

		public int broadcasts() {
			return this.broadcasts.get();
		}

		@Override
		public void execute(Runnable task) {
			this.executor.execute(() -> {
				this.current = Thread.currentThread();
				try {
					task.run();
				}
				finally {
					this.current = null;
				}
			});
		}

		@Override
		public boolean isCurrent() {
			return Thread.currentThread() == this.current;
		}

		@Override
		public void broadcast(OutboundMessage message, Collection<Session> members) {
			this.broadcasts.incrementAndGet();
			members.forEach((member) -> SessionHandle.of(member).connection().send(message));
		}

	}

}
