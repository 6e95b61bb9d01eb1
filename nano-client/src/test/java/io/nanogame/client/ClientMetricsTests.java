package io.nanogame.client;

import java.time.Duration;
import java.util.Set;
import java.util.stream.Collectors;

import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nanogame.client.ClientState.Phase;
import org.junit.jupiter.api.Test;
import reactor.core.Disposable;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

/** Tests of {@link ClientMetrics}. */
class ClientMetricsTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

	private final ClientMetrics metrics = new ClientMetrics(this.registry);

	@Test
	void requestsAreCountedByRouteAndOutcome() {
		try (Game game = new Game()) {
			NanoClient client = game.tcp().metrics(this.metrics).build();
			client.connect().block(TIMEOUT);
			client.call("test.echo", 1, Integer.class);
			client.call("test.echo", 2, Integer.class);
			assertThatExceptionOfType(ErrorResponseException.class)
				.isThrownBy(() -> client.call("test.fail", null, Void.class));
			assertThatExceptionOfType(RequestTimeoutException.class)
				.isThrownBy(() -> client.request("test.wait", null, Void.class, Duration.ofMillis(10)).block(TIMEOUT));
			Disposable impatient = client.request("test.wait", null, Void.class).subscribe();
			impatient.dispose();
			client.request("test.wait", null, Void.class).subscribe((response) -> {
			}, (failure) -> {
			});
			client.close();
			await().untilAsserted(() -> assertThat(counts()).containsExactlyInAnyOrder("test.echo success 2",
					"test.fail error 1", "test.wait timeout 1", "test.wait cancelled 1", "test.wait failure 1"));
		}
	}

	private Set<String> counts() {
		return this.registry.find("nano.client.requests")
			.timers()
			.stream()
			.map(ClientMetricsTests::describe)
			.collect(Collectors.toSet());
	}

	private static String describe(Timer timer) {
		return "%s %s %d".formatted(timer.getId().getTag("route"), timer.getId().getTag("outcome"), timer.count());
	}

	@Test
	void onlyOpenConnectionsAreCounted() {
		try (Game game = new Game()) {
			NanoClient first = game.tcp().metrics(this.metrics).reconnect(ReconnectTests.QUICK).build();
			NanoClient second = game.webSocket().metrics(this.metrics).build();
			first.connect().block(TIMEOUT);
			second.connect().block(TIMEOUT);
			assertThat(connections()).isEqualTo(2);
			second.close();
			await().until(() -> connections() == 1);
			game.crash();
			await().until(() -> connections() == 0);
			game.start();
			await().until(() -> first.state().phase() == Phase.OPEN);
			await().until(() -> connections() == 1);
			first.close();
			await().until(() -> connections() == 0);
		}
	}

	private double connections() {
		return this.registry.get("nano.client.connections").gauge().value();
	}

}
