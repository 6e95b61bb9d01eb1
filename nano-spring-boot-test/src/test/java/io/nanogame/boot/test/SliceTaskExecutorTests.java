package io.nanogame.boot.test;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;

import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.boot.test.client.TestPlayer;
import io.nanogame.boot.test.slice.VirtualTime;
import io.nanogame.session.Session;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.SpringBootConfiguration;
import org.springframework.context.annotation.Import;
import org.springframework.core.task.TaskExecutor;

/**
 * Tests that components of a slice have the task executor of an app.
 */
@NanoTest(SliceTaskExecutorTests.Forge.class)
@Import(SliceTaskExecutorTests.Forge.class)
class SliceTaskExecutorTests {

	@Test
	void virtualTimeWaitsForTasksOfComponents(@Autowired NanoTestClient players, @Autowired VirtualTime time,
			@Autowired Forge forge) {
		TestPlayer ann = players.named("ann");
		ann.request("forge.begin").expectResponse();
		forge.hot.countDown();
		time.advance(Duration.ofMillis(1)); // waits for the task first
		ann.expectPush("onSword", String.class).isEqualTo("a sword");
	}

	@SpringBootConfiguration
	static class App {

	}

	@GameComponent("forge")
	static class Forge {

		final CountDownLatch hot = new CountDownLatch(1);

		private final TaskExecutor executor;

		Forge(TaskExecutor executor) {
			this.executor = executor;
		}

		@Handler
		void begin(Session session) {
			this.executor.execute(() -> {
				try {
					this.hot.await();
				}
				catch (InterruptedException ex) {
					Thread.currentThread().interrupt();
				}
				session.push("onSword", "a sword");
			});
		}

	}

}
