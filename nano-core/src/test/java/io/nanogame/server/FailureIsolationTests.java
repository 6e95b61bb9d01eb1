package io.nanogame.server;

import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicBoolean;

import io.nanogame.net.Listener;
import io.nanogame.net.PortInUseException;
import io.nanogame.observe.HandlerObserver;
import io.nanogame.observe.ServerEvents;
import io.nanogame.route.Route;
import io.nanogame.route.Threading;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Unexpected failures of game code do not block a session.
 */
class FailureIsolationTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final MemoryServer server = new MemoryServer();

	@BeforeEach
	void limitRequests() {
		this.server.settings(TestServer.settings((it) -> it.requestTimeout(TIMEOUT)));
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void aStageThatIsNotAFutureGetsAResponse() {
		CompletableFuture<String> later = new CompletableFuture<>();
		CompletableFuture<String> never = new CompletableFuture<>();
		this.server.loop("test.done", (request) -> CompletableFuture.completedStage("done"))
			.loop("test.failed", (request) -> CompletableFuture.failedStage(new IllegalStateException()))
			.loop("test.later", (request) -> later.minimalCompletionStage())
			.loop("test.never", (request) -> never.minimalCompletionStage())
			.start();
		try (RawClient client = this.server.connect().handshake()) {
			client.request(1, "test.done", "").request(2, "test.failed", "").request(3, "test.later", "");
			client.request(4, "test.never", "").request(5, "test.echo", "5");
			assertThat(client.readResponse(1)).isEqualTo("\"done\"");
			assertThat(client.readResponse(2)).contains("500");
			later.complete("later");
			assertThat(client.readResponse(3)).isEqualTo("\"later\"");
			this.server.settle();
			this.server.advance(TIMEOUT.plusSeconds(1));
			assertThat(client.readResponse(4)).contains("408");
			// The result cannot be cancelled, so the session waits for it.
			assertThat(client.readResponse(5)).contains("503");
			never.complete("late");
			assertThat(client.request(6, "test.echo", "6").readResponse(6)).isEqualTo("6");
		}
	}

	@Test
	void aHandlerThatNeverCompletesFailsWith408AndTheNextMessageIsHandled() {
		this.server.loop("test.never", (request) -> new CompletableFuture<>()).lane("test.neverAnswered", (request) -> {
			request.defer();
			return null;
		}).start();
		try (RawClient client = this.server.connect().handshake()) {
			client.request(1, "test.never", "");
			this.server.advance(TIMEOUT);
			assertThat(this.server.server().transport().connections().backlog()).isOne();
			this.server.advance(Duration.ofSeconds(1));
			assertThat(client.readResponse(1)).isEqualTo("{\"code\":408,\"msg\":\"timed out\"}");
			client.request(2, "test.neverAnswered", "").request(3, "test.echo", "3");
			assertThat(client.readResponse(3)).isEqualTo("3");
			this.server.advance(TIMEOUT.plusSeconds(1));
			assertThat(client.readResponse(2)).isEqualTo("{\"code\":408,\"msg\":\"timed out\"}");
		}
	}

	@Test
	void aDisconnectIsDetectedWhileAResultIsPending() {
		AtomicBoolean closed = new AtomicBoolean();
		this.server.loop("test.never", (request) -> new CompletableFuture<>())
			.with((builder) -> builder.sessionListeners(List.of(new SessionListener() {

				@Override
				public void closed(Session session, CloseReason reason) {
					closed.set(true);
				}

			})))
			.start();
		RawClient client = this.server.connect().handshake();
		client.request(1, "test.never", "");
		client.close();
		this.server.settle();
		assertThat(this.server.server().traffic().openConnections()).isZero();
		assertThat(closed).as("its request may still be handled").isFalse();
		this.server.advance(TIMEOUT.plusSeconds(1));
		assertThat(closed).isTrue();
	}

	@Test
	void aFailedErrorMapperCausesA500() {
		this.server.with((builder) -> builder.errorMappers(List.of((failure) -> {
			throw new IllegalStateException("mapper");
		}))).lane("test.throw", (request) -> {
			throw new IllegalArgumentException();
		}).loop("test.throwLater", (request) -> CompletableFuture.supplyAsync(() -> {
			throw new IllegalArgumentException();
		})).start();
		try (RawClient client = this.server.connect().handshake()) {
			client.request(1, "test.throw", "").request(2, "test.throwLater", "").request(3, "test.echo", "3");
			assertThat(client.readResponse(1)).contains("500");
			assertThat(client.readResponse(2)).contains("500");
			assertThat(client.readResponse(3)).isEqualTo("3");
		}
	}

	@Test
	void aFailedObserverHasNoEffect() {
		this.server.with((builder) -> builder.events(List.of(new ServerEvents() {

			@Override
			public HandlerObserver handler(String route) {
				return (session, outcome, nanos) -> {
					throw new IllegalStateException("observer of " + route);
				};
			}

		})))
			.route(Route.of("test.later", (request) -> CompletableFuture.supplyAsync(() -> "later"))
				.on(Threading.EVENT_LOOP))
			.start();
		try (RawClient client = this.server.connect().handshake()) {
			client.request(1, "test.later", "").request(2, "test.echo", "2");
			assertThat(client.readResponse(1)).isEqualTo("\"later\"");
			assertThat(client.readResponse(2)).isEqualTo("2");
		}
	}

	@Test
	void aPortInUseIsReportedAndComponentsAreShutDown() {
		List<String> calls = new CopyOnWriteArrayList<>();
		TestServer first = new TestServer().start();
		TestServer second = new TestServer();
		second.with((builder) -> builder.components(List.of(new ComponentLifecycle() {

			@Override
			public void init() {
				calls.add("init");
			}

			@Override
			public void shutdown() {
				calls.add("shutdown");
			}

		})).listeners(List.of(Listener.at(new InetSocketAddress("127.0.0.1", first.port())))));
		assertThatThrownBy(second::start).isInstanceOf(PortInUseException.class)
			.hasMessageContaining(String.valueOf(first.port()));
		assertThat(calls).containsExactly("init", "shutdown");
		second.close();
		first.serves();
		first.close();
	}

	@Test
	void aSecondStopHasNoEffect() {
		this.server.start();
		this.server.server().stop();
		this.server.server().stop();
		assertThat(this.server.server().isRunning()).isFalse();
	}

}
