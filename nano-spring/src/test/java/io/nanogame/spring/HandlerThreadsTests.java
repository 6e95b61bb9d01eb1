package io.nanogame.spring;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nanogame.route.Threading;
import io.nanogame.session.SessionHandle;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The threads on which handlers run, and their order.
 */
class HandlerThreadsTests {

	@Test
	void aHandlerThatReturnsAValueMayBlock() {
		try (TestGame game = new TestGame(Threads.class)) {
			assertThat(game.route("threads.nothing").threading()).isEqualTo(Threading.LANE);
			assertThat(game.route("threads.value").threading()).isEqualTo(Threading.LANE);
		}
	}

	@Test
	void aHandlerWithAnAsynchronousResultStartsOnTheEventLoop() {
		try (TestGame game = new TestGame(Threads.class)) {
			assertThat(game.route("threads.mono").threading()).isEqualTo(Threading.EVENT_LOOP);
			assertThat(game.route("threads.stage").threading()).isEqualTo(Threading.EVENT_LOOP);
			assertThat(game.route("threads.future").threading()).isEqualTo(Threading.EVENT_LOOP);
		}
	}

	@Test
	void aNonBlockingHandlerStartsOnTheEventLoop() {
		try (TestGame game = new TestGame(Threads.class, Fast.class)) {
			assertThat(game.route("threads.fast").threading()).isEqualTo(Threading.EVENT_LOOP);
			assertThat(game.route("fast.value").threading()).isEqualTo(Threading.EVENT_LOOP);
		}
	}

	@Test
	void theLaneOfAComponentTakesPrecedence() {
		try (TestGame game = new TestGame(Battle.class)) {
			assertThat(game.components.routes()).hasSize(2).allSatisfy((route) -> {
				assertThat(route.threading()).isEqualTo(Threading.LANE);
				assertThat(route.executor(SessionHandle.of(game.session))).isSameAs(game.lanes.named("battle"));
			});
		}
	}

	@Test
	void onlyAConcurrentHandlerGivesUpTheOrderOfMessages() {
		try (TestGame game = new TestGame(Threads.class)) {
			assertThat(game.route("threads.value").concurrent()).isFalse();
			assertThat(game.route("threads.unordered").concurrent()).isTrue();
		}
	}

	@GameComponent
	static class Threads {

		@Handler
		void nothing() {
		}

		@Handler
		int value() {
			return 1;
		}

		@Handler
		Mono<Integer> mono() {
			return Mono.just(1);
		}

		@Handler
		CompletionStage<Integer> stage() {
			return CompletableFuture.completedStage(1);
		}

		@Handler
		CompletableFuture<Integer> future() {
			return CompletableFuture.completedFuture(1);
		}

		@Handler
		@NonBlocking
		int fast() {
			return 1;
		}

		@Handler(concurrent = true)
		void unordered() {
		}

	}

	@GameComponent
	@NonBlocking
	static class Fast {

		@Handler
		int value() {
			return 1;
		}

	}

	@GameComponent(lane = "battle")
	@NonBlocking
	static class Battle {

		@Handler
		void hit() {
		}

		@Handler
		Mono<Void> heal() {
			return Mono.empty();
		}

	}

}
