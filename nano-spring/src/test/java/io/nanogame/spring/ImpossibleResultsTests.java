package io.nanogame.spring;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nanogame.serialize.Payloads;
import io.nanogame.serialize.ProtobufSerializer;
import io.nanogame.serialize.RawSerializer;
import io.nanogame.session.Session;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.http.ResponseEntity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Results that could never be sent are rejected at startup.
 */
class ImpossibleResultsTests {

	private static String problem(Class<?>... beans) {
		String[] problem = new String[1];
		assertThatExceptionOfType(InvalidHandlerException.class).isThrownBy(() -> new TestGame(beans))
			.satisfies((ex) -> problem[0] = ex.problem());
		return problem[0];
	}

	@ParameterizedTest
	@ValueSource(classes = { MonoOfFlux.class, StageOfMono.class, StageOfOptional.class, CallableResult.class,
			SessionResult.class, WebResult.class })
	void aResultThatIsNotAValue(Class<?> component) {
		assertThat(problem(component)).startsWith("its result cannot be ");
	}

	@Test
	void aResultThatTheSerializerCannotWrite() {
		Payloads raw = new Payloads(new RawSerializer());
		Payloads protobuf = new Payloads(new ProtobufSerializer());
		assertThatExceptionOfType(InvalidHandlerException.class)
			.isThrownBy(() -> new TestGame(new AnnotationConfigApplicationContext(ListResult.class), raw))
			.withMessageContaining("its result cannot be written: The raw serializer writes byte[] and String, not ");
		assertThatExceptionOfType(InvalidHandlerException.class)
			.isThrownBy(() -> new TestGame(new AnnotationConfigApplicationContext(ListResult.class), protobuf))
			.withMessageContaining("its result cannot be written: ");
	}

	@Test
	void resultsOfUnknownTypeAreAllowed() {
		for (Payloads payloads : List.of(new Payloads(new RawSerializer()), new Payloads(new ProtobufSerializer()),
				TestGame.PAYLOADS)) {
			try (TestGame game = new TestGame(new AnnotationConfigApplicationContext(Anything.class), payloads)) {
				assertThat(game.components.routes()).hasSize(7);
			}
		}
	}

	@GameComponent
	static class MonoOfFlux {

		@Handler
		Mono<Flux<String>> go() {
			return Mono.empty();
		}

	}

	@GameComponent
	static class StageOfMono {

		@Handler
		CompletionStage<Mono<String>> go() {
			return new CompletableFuture<>();
		}

	}

	@GameComponent
	static class StageOfOptional {

		@Handler
		CompletableFuture<Optional<String>> go() {
			return new CompletableFuture<>();
		}

	}

	@GameComponent
	static class CallableResult {

		@Handler
		Callable<String> go() {
			return () -> "";
		}

	}

	@GameComponent
	static class SessionResult {

		@Handler
		Session go(Session session) {
			return session;
		}

	}

	@GameComponent
	static class WebResult {

		@Handler
		ResponseEntity<String> go() {
			return ResponseEntity.ok("");
		}

	}

	@GameComponent
	static class ListResult {

		@Handler
		List<String> go() {
			return List.of();
		}

	}

	@GameComponent
	static class Anything {

		@Handler
		void nothing() {
		}

		@Handler
		Object object() {
			return "";
		}

		@Handler
		byte[] bytes() {
			return new byte[0];
		}

		@Handler
		Mono<Void> mono() {
			return Mono.empty();
		}

		@Handler
		CompletionStage<Void> stage() {
			return CompletableFuture.completedFuture(null);
		}

		@Handler
		@SuppressWarnings("rawtypes")
		CompletionStage raw() {
			return CompletableFuture.completedFuture("");
		}

		@Handler
		CompletionStage<?> wild() {
			return CompletableFuture.completedFuture("");
		}

	}

}
