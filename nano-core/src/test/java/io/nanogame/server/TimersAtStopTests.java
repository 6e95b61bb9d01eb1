package io.nanogame.server;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.TimeUnit;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.nanogame.group.Group;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The guarantees for timers when the server stops.
 */
class TimersAtStopTests {

	private final TestServer server = new TestServer();

	private final Logger log = (Logger) LoggerFactory.getLogger("io.nanogame");

	private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

	TimersAtStopTests() {
		this.logged.start();
		this.log.addAppender(this.logged);
	}

	@AfterEach
	void stop() {
		this.log.detachAppender(this.logged);
		this.server.close();
	}

	@Test
	void timersRunWhileRequestsAreCompleted() {
		CompletableFuture<String> later = new CompletableFuture<>();
		this.server.loop("test.later", (request) -> later).start();
		try (RawClient client = this.server.tcp().handshake()) {
			client.request(1, "test.later", "");
			await().until(() -> this.server.server().transport().connections().backlog() == 1);
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(this.server.server()::stop);
			await().until(() -> !this.server.server().isRunning());
			this.server.timers.after(Duration.ofMillis(1), () -> later.complete("by a timer"));
			assertThat(client.readResponse(1)).isEqualTo("\"by a timer\"");
			client.awaitClose();
			client.reset();
			assertThat(stopped).succeedsWithin(Duration.ofSeconds(10));
		}
	}

	@Test
	void noTimerTaskRunsWhenComponentsShutDown() throws InterruptedException {
		Group world = this.server.groups.create("world");
		CountDownLatch ticking = new CountDownLatch(1);
		this.server
			.with((builder) -> builder.gracePeriod(Duration.ofSeconds(20)).components(List.of(new ComponentLifecycle() {

				@Override
				public void shutdown() {
					world.close();
				}

			})))
			.start();
		for (int i = 0; i < 4; i++) {
			this.server.timers.every(Duration.ofMillis(1), this.server.lanes.create("zone"), () -> {
				ticking.countDown();
				// The duration of a turn in a busy game.
				long end = System.nanoTime() + 300_000_000;
				while (System.nanoTime() - end < 0) {
					Thread.onSpinWait();
				}
				world.broadcast("onTick", "tick");
			});
		}
		try (RawClient client = this.server.tcp().handshake()) {
			await().until(() -> ticking.getCount() == 0);
			this.server.sessions.all().forEach(world::add);
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(this.server.server()::stop);
			client.awaitClose();
			client.reset();
			assertThat(stopped).succeedsWithin(Duration.ofSeconds(10));
		}
		assertThat(world.isClosed()).isTrue();
		// A task that still ran could fail until then.
		ExecutorService workers = (ExecutorService) this.server.workers;
		workers.shutdown();
		assertThat(workers.awaitTermination(10, TimeUnit.SECONDS)).isTrue();
		assertThat(this.server.timers.count()).isZero();
		assertThat(this.logged.list).noneMatch((event) -> event.getLevel().isGreaterOrEqual(Level.WARN));
	}

	@Test
	void theNumberOfFinishedMessagesIsLogged() {
		Logger quiet = (Logger) LoggerFactory.getLogger(GracefulStop.class);
		quiet.setLevel(Level.INFO);
		this.server.start();
		try (RawClient client = this.server.tcp().handshake()) {
			assertThat(client.request(1, "test.echo", "1").readResponse(1)).isEqualTo("1");
			// A response is counted as finished a moment after it is sent.
			await().until(() -> this.server.server().transport().connections().backlog() == 0);
			CompletableFuture<Void> stopped = CompletableFuture.runAsync(this.server.server()::stop);
			client.awaitClose();
			client.reset();
			assertThat(stopped).succeedsWithin(Duration.ofSeconds(10));
		}
		finally {
			quiet.setLevel(null);
		}
		assertThat(this.logged.list).extracting(ILoggingEvent::getFormattedMessage)
			.anyMatch((line) -> line.matches("1 connections are closed after \\d+ ms; "
					+ "of 0 messages in flight 0 were finished, 0 came too late"));
	}

}
