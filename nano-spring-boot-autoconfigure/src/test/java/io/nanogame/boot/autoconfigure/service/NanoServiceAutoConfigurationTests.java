package io.nanogame.boot.autoconfigure.service;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nanogame.boot.autoconfigure.GameRunner;
import io.nanogame.boot.autoconfigure.actuate.NanoMetricsAutoConfiguration;
import io.nanogame.observe.CallObserver;
import io.nanogame.observe.ServerEvents;
import io.nanogame.server.GameServer;
import io.nanogame.service.NanoService;
import io.nanogame.service.ServiceException;
import io.nanogame.service.Services;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;

import org.springframework.boot.autoconfigure.AutoConfigurationPackage;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.micrometer.metrics.autoconfigure.MetricsAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Services of an app: scanned, offered, injected and called by handlers.
 */
class NanoServiceAutoConfigurationTests {

	private final ApplicationContextRunner app = GameRunner.create()
		.withUserConfiguration(App.class)
		.withBean(Shop.class);

	private static String ask(GameServer server, String route, String body) {
		try (RawClient client = RawClient.tcp(server.port()).handshake()) {
			return client.request(1, route, body).readResponse(1);
		}
	}

	@Test
	void aComponentCallsTheServiceOfABean() {
		this.app.withBean(OwnBank.class).run((context) -> {
			assertThat(ask(context.getBean(GameServer.class), "shop.buy", "3")).isEqualTo("7");
			assertThat(context.getBean(Services.class).names()).containsExactly("bank");
		});
	}

	@Test
	void withoutTheBeanTheClientGetsThatTheServiceIsNotThere() {
		this.app.run((context) -> assertThat(ask(context.getBean(GameServer.class), "shop.buy", "3"))
			.isEqualTo("{\"code\":502,\"msg\":\"service unavailable\"}"));
	}

	@Test
	void aRefusalOfTheServiceReachesTheClient() {
		this.app.withBean(OwnBank.class)
			.run((context) -> assertThat(ask(context.getBean(GameServer.class), "shop.buy", "11"))
				.isEqualTo("{\"code\":409,\"msg\":\"no money\"}"));
	}

	@Test
	void servicesAreWithdrawnWhenTheAppStops() {
		this.app.withBean(OwnBank.class).run((context) -> {
			Services services = context.getBean(Services.class);
			context.close();
			assertThat(services.names()).isEmpty();
		});
	}

	@Test
	void theTimeoutIsConfigurable() {
		this.app.withPropertyValues("nano.service.timeout=0")
			.run((context) -> assertThat(context).getFailure()
				.rootCause()
				.isInstanceOf(InvalidConfigurationPropertyValueException.class)
				.hasMessageContaining("nano.service.timeout"));
		this.app.withPropertyValues("nano.service.timeout=50ms").withBean(SlowBank.class).run((context) -> {
			GameServer server = context.getBean(GameServer.class);
			SlowBank bank = context.getBean(SlowBank.class);
			try (RawClient first = RawClient.tcp(server.port()).handshake()) {
				first.request(1, "shop.buy", "3");
				bank.begun.await();
				assertThat(ask(server, "shop.buy", "3")).isEqualTo("{\"code\":408,\"msg\":\"service timed out\"}");
				bank.end.countDown();
				assertThat(first.readResponse(1)).as("late, because it ran on the thread of its caller").isEqualTo("0");
			}
		});
	}

	@Test
	void aListenerOfTheAppThatDependsOnServicesReceivesTheOutcomeOfCalls() {
		this.app.withBean(OwnBank.class).withBean(Auditor.class).run((context) -> {
			ask(context.getBean(GameServer.class), "shop.buy", "3");
			List<String> calls = context.getBean(Auditor.class).calls;
			await().untilAsserted(() -> assertThat(calls).containsExactly("bank SUCCESS"));
		});
	}

	static class Auditor implements ServerEvents {

		private final List<String> calls = new CopyOnWriteArrayList<>();

		Auditor(Services services) {
			assertThat(services).isNotNull();
		}

		@Override
		public CallObserver calls(String service) {
			return (outcome, nanos) -> this.calls.add(service + " " + outcome);
		}

	}

	@Test
	void callsAreTimedByServiceAndOutcome() {
		this.app.withBean(OwnBank.class)
			.withBean(SimpleMeterRegistry.class)
			.withConfiguration(
					AutoConfigurations.of(MetricsAutoConfiguration.class, NanoMetricsAutoConfiguration.class))
			.run((context) -> {
				ask(context.getBean(GameServer.class), "shop.buy", "3");
				await().untilAsserted(() -> assertThat(context.getBean(MeterRegistry.class)
					.get("nano.service.calls")
					.tag("service", "bank")
					.tag("outcome", "success")
					.timer()
					.count()).isOne());
			});
	}

	@Configuration(proxyBeanMethods = false)
	@AutoConfigurationPackage
	static class App {

	}

	@NanoService("bank")
	interface Bank {

		int pay(int coins);

	}

	static class OwnBank implements Bank {

		private int coins = 10;

		@Override
		public int pay(int price) {
			if (price > this.coins) {
				throw new ServiceException(409, "no money");
			}
			this.coins -= price;
			return this.coins;
		}

	}

	static class SlowBank implements Bank {

		final CountDownLatch begun = new CountDownLatch(1);

		final CountDownLatch end = new CountDownLatch(1);

		@Override
		public int pay(int price) {
			this.begun.countDown();
			try {
				this.end.await();
			}
			catch (InterruptedException ex) {
				Thread.currentThread().interrupt();
			}
			return 0;
		}

	}

	@GameComponent
	static class Shop {

		private final Bank bank;

		Shop(Bank bank) {
			this.bank = bank;
		}

		@Handler
		int buy(int price) {
			return this.bank.pay(price);
		}

	}

}
