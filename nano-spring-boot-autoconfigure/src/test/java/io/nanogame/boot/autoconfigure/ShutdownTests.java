package io.nanogame.boot.autoconfigure;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

import io.nanogame.server.ComponentLifecycle;
import io.nanogame.server.GameServer;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;

import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.event.EventListener;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

class ShutdownTests {

	private final ApplicationContextRunner app = GameRunner.create();

	@Test
	void theAppRefusesTrafficBeforeTheServerHasStopped() {
		Witness witness = new Witness();
		this.app.withBean(Witness.class, () -> witness).run((context) -> assertThat(witness.events).isEmpty());
		assertThat(witness.events).containsExactly("refusing traffic", "stopped");
	}

	@Test
	void clientsGetTheReasonOfTheClose() {
		AtomicReference<RawClient> client = new AtomicReference<>();
		this.app
			.run((context) -> client.set(RawClient.webSocket(context.getBean(GameServer.class).port()).handshake()));
		assertThat(client.get().readEnd()).isEqualTo("close 1001 the server is shutting down, end");
		client.get().close();
	}

	@Test
	void closeListenersRunAlsoWhenTheAppStops() {
		Farewell farewell = new Farewell();
		AtomicReference<RawClient> client = new AtomicReference<>();
		this.app.withBean(Farewell.class, () -> farewell).run((context) -> {
			client.set(RawClient.webSocket(context.getBean(GameServer.class).port()).handshake());
			client.get().request(1, "farewell.register", "{}");
			client.get().readResponse(1);
			assertThat(farewell.saved).isEmpty();
		});
		assertThat(farewell.saved).hasSize(1);
		client.get().close();
	}

	@Test
	void pendingMessagesAreFinishedAlsoWhenTheAppCloses() {
		Stuck stuck = new Stuck();
		this.app.withBean(Stuck.class, () -> stuck).run((context) -> {
			GameServer server = context.getBean(GameServer.class);
			try (RawClient client = RawClient.tcp(server.port()).handshake()) {
				for (int id = 1; id <= 50; id++) {
					// Between the event loop and the threads of the app.
					client.request(id, (id % 2 == 0) ? "no.such" : "stuck.handle", "{}");
				}
				await().until(() -> server.transport().connections().backlog() == 50);
				CompletableFuture<Void> closed = CompletableFuture
					.runAsync(context.getSourceApplicationContext()::close);
				await().until(() -> !server.isRunning());
				stuck.mayEnd.countDown();
				for (int id = 1; id <= 50; id++) {
					assertThat(client.readResponse(id)).contains((id % 2 == 0) ? "404" : "{}");
				}
				assertThat(client.readEnd()).isEqualTo("end");
				assertThat(closed).succeedsWithin(Duration.ofSeconds(10));
			}
		});
	}

	@Test
	void handlersThatDoNotEndHoldTheServerNoLongerThanTheGracePeriod() {
		this.app.withBean(Stuck.class).withPropertyValues("nano.server.shutdown.grace-period=50ms").run((context) -> {
			Stuck stuck = context.getBean(Stuck.class);
			try (RawClient client = RawClient.webSocket(context.getBean(GameServer.class).port()).handshake()) {
				client.request(1, "stuck.handle", "{}");
				stuck.entered.await();
				long began = System.nanoTime();
				context.getBean(NanoServerLifecycle.class).stop();
				assertThat(Duration.ofNanos(System.nanoTime() - began)).isLessThan(Duration.ofSeconds(2));
				stuck.mayEnd.countDown();
			}
		});
	}

	@Test
	void stoppingDoesNotHoldTheCaller() {
		Slow slow = new Slow();
		this.app.withBean(Slow.class, () -> slow).run((context) -> {
			NanoServerLifecycle lifecycle = context.getBean(NanoServerLifecycle.class);
			CountDownLatch called = new CountDownLatch(1);
			lifecycle.stop(called::countDown);
			assertThat(called.getCount()).isEqualTo(1);
			assertThat(lifecycle.isRunning()).isTrue();
			slow.mayStop.countDown();
			assertThat(called.await(10, TimeUnit.SECONDS)).isTrue();
			assertThat(lifecycle.isRunning()).isFalse();
		});
	}

	@Test
	void stoppingAServerThatDoesNotRunIsDoneAtOnce() {
		this.app.run((context) -> {
			NanoServerLifecycle lifecycle = context.getBean(NanoServerLifecycle.class);
			lifecycle.stop();
			CountDownLatch called = new CountDownLatch(1);
			lifecycle.stop(called::countDown);
			assertThat(called.getCount()).isZero();
		});
	}

	@Test
	void aListenerThatFailsDoesNotKeepTheServerRunning() {
		this.app.withBean(Sabotage.class).run((context) -> {
			assertThatIllegalStateException().isThrownBy(context.getBean(NanoServerLifecycle.class)::stop)
				.withMessage("on purpose");
			assertThat(context.getBean(GameServer.class).isRunning()).isFalse();
			assertThat(context.getBean(NanoServerLifecycle.class).isRunning()).isFalse();
		});
	}

	static class Witness {

		final List<String> events = new CopyOnWriteArrayList<>();

		@EventListener
		void stopped(NanoServerStoppedEvent event) {
			assertThat(event.server().isRunning()).isFalse();
			this.events.add("stopped");
		}

		@EventListener
		void availability(AvailabilityChangeEvent<ReadinessState> event) {
			if (event.getState() == ReadinessState.REFUSING_TRAFFIC) {
				this.events.add("refusing traffic");
			}
		}

	}

	static class Sabotage {

		@EventListener
		void availability(AvailabilityChangeEvent<ReadinessState> event) {
			if (event.getState() == ReadinessState.REFUSING_TRAFFIC) {
				throw new IllegalStateException("on purpose");
			}
		}

	}

	@GameComponent
	static class Farewell {

		final List<Session> saved = new CopyOnWriteArrayList<>();

		@Handler
		void register(Session session) {
			session.onClose(this.saved::add);
		}

	}

	@GameComponent
	static class Stuck {

		final CountDownLatch entered = new CountDownLatch(1);

		final CountDownLatch mayEnd = new CountDownLatch(1);

		@Handler
		void handle() throws InterruptedException {
			this.entered.countDown();
			this.mayEnd.await();
		}

	}

	@GameComponent
	static class Slow implements ComponentLifecycle {

		final CountDownLatch mayStop = new CountDownLatch(1);

		@Override
		public void beforeShutdown() {
			try {
				this.mayStop.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
		}

	}

}
