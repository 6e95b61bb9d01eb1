package io.nanogame.boot.autoconfigure;

import io.nanogame.server.GameServer;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.SmartLifecycle;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.awaitility.Awaitility.await;

class NanoServerLifecycleTests {

	private final ApplicationContextRunner app = GameRunner.create();

	@Test
	void theServerStartsAsTheLastThingAndStopsAsTheFirst() {
		this.app.run((context) -> assertThat(context.getBean(NanoServerLifecycle.class).getPhase())
			.isEqualTo(SmartLifecycle.DEFAULT_PHASE));
	}

	@Test
	void theServerIsNotPausedWithTheApp() {
		this.app.run((context) -> {
			context.getSourceApplicationContext().pause();
			assertThat(context.getBean(GameServer.class).isRunning()).isTrue();
		});
	}

	@Test
	void theRealPortIsAPropertyAndInTheEvent() {
		this.app.withBean(Witness.class).run((context) -> {
			int port = context.getBean(GameServer.class).port();
			assertThat(context.getEnvironment().getProperty("local.nano.port", Integer.class)).isEqualTo(port);
			assertThat(context.getBean(Witness.class).startedPort).isEqualTo(port);
		});
	}

	@Test
	void aListenerOfTheStartSeesThePortAsAPropertyAlready() {
		this.app.withBean(Witness.class)
			.run((context) -> assertThat(context.getBean(Witness.class).propertyAtStart)
				.isEqualTo(context.getBean(Witness.class).startedPort));
	}

	@Test
	void theRealPortIsAPropertyOfParentsToo() {
		try (AnnotationConfigApplicationContext parent = new AnnotationConfigApplicationContext()) {
			parent.refresh();
			this.app.withParent(parent)
				.run((context) -> assertThat(parent.getEnvironment().getProperty("local.nano.port")).isNotNull());
		}
	}

	@Test
	void aServerCannotBeRestarted() {
		this.app.run((context) -> {
			NanoServerLifecycle lifecycle = context.getBean(NanoServerLifecycle.class);
			lifecycle.stop();
			assertThatIllegalStateException().isThrownBy(lifecycle::start).withMessageContaining("create a new one");
		});
	}

	@Test
	void aServerThatRunsIsNotStartedOnceMore() {
		this.app.run((context) -> {
			int port = context.getBean(GameServer.class).port();
			context.getBean(NanoServerLifecycle.class).start();
			assertThat(context.getBean(GameServer.class).port()).isEqualTo(port);
		});
	}

	@Test
	void anAppThatIsMadeAnewListensAnew() {
		for (int i = 0; i < 2; i++) {
			this.app.run((context) -> {
				try (RawClient client = RawClient.tcp(context.getBean(GameServer.class).port())) {
					assertThat(client.handshake("{}")).contains("200");
				}
			});
		}
	}

	@Test
	void theJvmLivesAsLongAsTheServer() {
		await("servers of other tests").until(() -> keepAlive() == 0);
		this.app.run((context) -> assertThat(keepAlive()).isEqualTo(1));
		await().until(() -> keepAlive() == 0);
	}

	private static long keepAlive() {
		return Thread.getAllStackTraces()
			.keySet()
			.stream()
			.filter((thread) -> thread.getName().equals("nano-keep-alive") && !thread.isDaemon())
			.count();
	}

	static class Witness {

		private final Environment environment;

		int startedPort;

		int propertyAtStart;

		Witness(Environment environment) {
			this.environment = environment;
		}

		@EventListener
		void started(NanoServerStartedEvent event) {
			this.startedPort = event.port();
			this.propertyAtStart = this.environment.getRequiredProperty("local.nano.port", Integer.class);
		}

	}

}
