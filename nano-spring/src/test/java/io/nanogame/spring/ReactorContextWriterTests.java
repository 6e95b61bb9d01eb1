package io.nanogame.spring;

import java.util.concurrent.CompletionStage;

import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.completionStage;

/**
 * The Reactor context of a handler's {@code Mono}.
 */
class ReactorContextWriterTests {

	@Test
	void writersWriteInTheirOrder() throws Exception {
		try (TestGame game = new TestGame(Writers.class, Reader.class)) {
			assertThat(game.call("reader.read")).asInstanceOf(completionStage(Object.class))
				.isCompletedWithValue("first, second of reader.read");
		}
	}

	@Test
	void withoutWritersTheContextIsEmpty() throws Exception {
		try (TestGame game = new TestGame(Reader.class)) {
			assertThat(game.call("reader.read")).asInstanceOf(completionStage(Object.class))
				.isCompletedWithValue("nothing");
		}
	}

	@Test
	void aHandlerMayReturnNull() throws Exception {
		try (TestGame game = new TestGame(Writers.class, Reader.class)) {
			assertThat(game.call("reader.nothing")).isNull();
		}
	}

	@Test
	void cancellingTheResultCancelsTheMono() throws Exception {
		try (TestGame game = new TestGame(Writers.class, Reader.class)) {
			CompletionStage<?> pending = (CompletionStage<?>) game.call("reader.never");
			assertThat(pending).isNotNull();
			pending.toCompletableFuture().cancel(true);
			assertThat(game.context.getBean(Reader.class).cancelled).isTrue();
		}
	}

	@Configuration(proxyBeanMethods = false)
	static class Writers {

		@Bean
		@Order(2)
		static ReactorContextWriter second() {
			return (request, context) -> context.put("words", context.get("words") + ", second of " + request.route());
		}

		@Bean
		@Order(1)
		static ReactorContextWriter first() {
			return (request, context) -> context.put("words", "first");
		}

	}

	@GameComponent("reader")
	static class Reader {

		boolean cancelled;

		@Handler
		Mono<String> read() {
			return Mono.deferContextual((context) -> Mono.just(context.getOrDefault("words", "nothing")));
		}

		@Handler
		Mono<String> nothing() {
			return null;
		}

		@Handler
		Mono<String> never() {
			return Mono.<String>never().doOnCancel(() -> this.cancelled = true);
		}

	}

}
