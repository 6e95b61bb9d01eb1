package io.nanogame.spring.web.servlet;

import java.lang.reflect.Proxy;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.RejectedExecutionException;

import io.nanogame.connection.ClientConnection;
import io.nanogame.connection.TransportContext;
import io.nanogame.connection.Wire;
import io.nanogame.lane.Lane;
import io.nanogame.lane.Timers;
import io.nanogame.pomelo.PomeloProtocol;
import io.nanogame.spring.web.WebGame;
import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

class LaneLoopTests {

	private final Queue<Runnable> worker = new ConcurrentLinkedQueue<>();

	private final Timers timers = new Timers(this.worker::add, Duration.ofMillis(10));

	private final List<String> done = new ArrayList<>();

	private boolean refusing;

	private final LaneLoop loop = new LaneLoop(new Lane("test", this::work, Integer.MAX_VALUE), this.timers,
			Duration.ofSeconds(1), () -> this.done.add("refused"));

	private void work(Runnable task) {
		if (this.refusing) {
			throw new RejectedExecutionException("full");
		}
		this.worker.add(task);
	}

	@AfterEach
	void stopTimers() {
		this.timers.stop();
	}

	@Test
	void itBlocksWhileItsClientDoesNotRead() {
		assertThat(this.loop.waitsForClients()).isTrue();
	}

	@Test
	void outputIsDirectOnTheLaneWhileNoneIsQueued() {
		assertThat(this.loop.isIdle()).isFalse();
		this.loop.execute(() -> {
			this.done.add("alone: " + this.loop.isIdle());
			this.loop.enqueue(() -> this.done.add("the last of the queue: " + this.loop.isIdle()));
			this.done.add("with output queued: " + this.loop.isIdle());
		});
		this.worker.remove().run();
		assertThat(this.done).containsExactly("alone: true", "with output queued: false",
				"the last of the queue: true");
	}

	@Test
	void outputIsRejectedAndTheConnectionEndsWhenNoWorkerIsFree() {
		this.refusing = true;
		this.loop.enqueue(() -> this.done.add("sent"));
		assertThat(this.done).containsExactly("refused");
		this.refusing = false;
		this.loop.execute(() -> this.done.add("direct: " + this.loop.isIdle()));
		this.worker.remove().run();
		assertThat(this.done).containsExactly("refused", "direct: true");
	}

	/** A session that is resumed has another wire, whose output must not wait. */
	@Test
	void eachWireIsFlushed() {
		this.loop.execute(() -> {
			this.loop.flushSoon(wire("former"));
			this.loop.flushSoon(wire("next"));
		});
		while (!this.worker.isEmpty()) {
			this.worker.remove().run();
		}
		assertThat(this.done).containsExactly("former", "next");
	}

	/** A client may claim a session of another server, which is on the same loop then. */
	@Test
	void aConnectionIsSweptAfterAnotherOneWasRemoved() {
		LaneLoop fast = new LaneLoop(new Lane("test", this::work, Integer.MAX_VALUE), this.timers,
				Duration.ofMillis(20), () -> this.done.add("refused"));
		try (WebGame game = WebGame.withHandshakeTimeout(Duration.ofMillis(100))) {
			ClientConnection first = connect(game, fast, "first");
			connect(game, fast, "second");
			fast.remove(first);
			await().until(() -> {
				Runnable task = this.worker.poll();
				if (task != null) {
					task.run();
				}
				return this.done.contains("second");
			});
			assertThat(this.done).doesNotContain("first");
		}
	}

	private ClientConnection connect(WebGame game, LaneLoop by, String name) {
		TransportContext context = game.server.transport();
		Wire wire = (Wire) Proxy.newProxyInstance(Wire.class.getClassLoader(), new Class<?>[] { Wire.class },
				(proxy, method, arguments) -> switch (method.getName()) {
					case "loop" -> by;
					case "remoteAddress" -> new InetSocketAddress(0);
					case "transport" -> "servlet";
					case "isWritable" -> true;
					case "finish" -> {
						this.done.add(name);
						yield null;
					}
					case "pendingBytes" -> 0L;
					case "incompleteLength" -> 0;
					case "append" -> Unpooled.buffer();
					default -> (method.getReturnType() == boolean.class) ? false : null;
				});
		return ClientConnection.open(context, context.protocols().find(PomeloProtocol.NAME), wire);
	}

	private Wire wire(String name) {
		return (Wire) Proxy.newProxyInstance(Wire.class.getClassLoader(), new Class<?>[] { Wire.class },
				(wire, method, arguments) -> {
					assertThat(method.getName()).isEqualTo("flush");
					this.done.add(name);
					return null;
				});
	}

}
