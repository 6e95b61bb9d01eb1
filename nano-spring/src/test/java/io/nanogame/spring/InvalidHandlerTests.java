package io.nanogame.spring;

import java.security.Principal;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Flow;
import java.util.concurrent.Future;
import java.util.stream.Stream;

import com.google.protobuf.StringValue;
import io.nanogame.serialize.Payloads;
import io.nanogame.serialize.ProtobufSerializer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.reactivestreams.Publisher;
import reactor.core.publisher.Flux;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The handlers that are rejected at startup, and the messages.
 */
class InvalidHandlerTests {

	private static String problem(Class<?> component) {
		String[] problem = new String[1];
		assertThatExceptionOfType(InvalidHandlerException.class).isThrownBy(() -> new TestGame(component))
			.satisfies((ex) -> problem[0] = ex.problem());
		return problem[0];
	}

	@Test
	void theMessageNamesTheMethodTheProblemAndTheLegalForms() {
		assertThatExceptionOfType(InvalidHandlerException.class).isThrownBy(() -> new TestGame(PrivateMethod.class))
			.withMessageStartingWith(PrivateMethod.class.getName() + ".go(String) cannot be a handler: it is private")
			.withMessageContainingAll("Session", "Request", "Principal", "ArgumentResolver", "payload", "byte[]",
					"Mono", "CompletionStage")
			.satisfies((ex) -> assertThat(ex.method().getName()).isEqualTo("go"));
	}

	@Test
	void aPrivateMethod() {
		assertThat(problem(PrivateMethod.class)).isEqualTo("it is private");
	}

	@Test
	void aStaticMethod() {
		assertThat(problem(StaticMethod.class)).isEqualTo("it is static");
	}

	@ParameterizedTest
	@ValueSource(classes = { FluxResult.class, PublisherResult.class, FlowResult.class, StreamResult.class,
			FutureResult.class, OptionalResult.class })
	void aResultThatIsNotOneReply(Class<?> component) {
		assertThat(problem(component)).startsWith("its result cannot be ")
			.endsWith(component.getSimpleName().replace("Result", "").replace("Flow", "Publisher"));
	}

	@Test
	void twoPayloads() {
		assertThat(problem(TwoPayloads.class))
			.isEqualTo("it takes two payloads, String and String, but a message has one");
	}

	@Test
	void aPayloadBesideTheRawBody() {
		assertThat(problem(PayloadAndBody.class))
			.isEqualTo("it takes two payloads, String and byte[], but a message has one");
	}

	@Test
	void anOptionalArgument() {
		assertThat(problem(OptionalPrincipal.class)).isEqualTo("its payload cannot be Optional");
	}

	@ParameterizedTest
	@ValueSource(classes = { MonoPayload.class, CompletableFuturePayload.class })
	void anAsynchronousPayload(Class<?> component) {
		assertThat(problem(component))
			.isEqualTo("its payload cannot be " + component.getSimpleName().replace("Payload", ""));
	}

	@Test
	void aPayloadThatTheSerializerCannotRead() {
		Payloads protobuf = new Payloads(new ProtobufSerializer());
		assertThatExceptionOfType(InvalidHandlerException.class)
			.isThrownBy(() -> new TestGame(new AnnotationConfigApplicationContext(JsonPayload.class), protobuf))
			.withMessageContaining("java.util.List<java.lang.String> is not a generated protobuf message");
		try (TestGame game = new TestGame(new AnnotationConfigApplicationContext(ProtobufPayload.class), protobuf)) {
			assertThat(game.components.routes()).hasSize(1);
		}
	}

	@Test
	void aRouteThatNoClientCouldSend() {
		assertThat(problem(BlankRoute.class)).isEqualTo("its route ' ' must have 1 to 255 bytes");
		assertThat(problem(LongRoute.class)).endsWith("must have 1 to 255 bytes");
	}

	@Test
	void otherMethodsAreNotChecked() {
		try (TestGame game = new TestGame(NoHandlers.class)) {
			assertThat(game.components.routes()).isEmpty();
		}
	}

	@GameComponent
	static class PrivateMethod {

		@Handler
		private void go(String what) {
		}

	}

	@GameComponent
	static class StaticMethod {

		@Handler
		static void go() {
		}

	}

	@GameComponent
	static class FluxResult {

		@Handler
		Flux<String> go() {
			return Flux.empty();
		}

	}

	@GameComponent
	static class PublisherResult {

		@Handler
		Publisher<String> go() {
			return Mono.empty();
		}

	}

	@GameComponent
	static class FlowResult {

		@Handler
		Flow.Publisher<String> go() {
			return (subscriber) -> {
			};
		}

	}

	@GameComponent
	static class StreamResult {

		@Handler
		Stream<String> go() {
			return Stream.empty();
		}

	}

	@GameComponent
	static class FutureResult {

		@Handler
		Future<String> go() {
			return CompletableFuture.completedFuture("");
		}

	}

	@GameComponent
	static class OptionalResult {

		@Handler
		Optional<String> go() {
			return Optional.empty();
		}

	}

	@GameComponent
	static class TwoPayloads {

		@Handler
		void go(String first, String second) {
		}

	}

	@GameComponent
	static class PayloadAndBody {

		@Handler
		void go(String payload, byte[] body) {
		}

	}

	@GameComponent
	static class OptionalPrincipal {

		@Handler
		void go(Optional<Principal> principal) {
		}

	}

	@GameComponent
	static class MonoPayload {

		@Handler
		void go(Mono<String> payload) {
		}

	}

	@GameComponent
	static class CompletableFuturePayload {

		@Handler
		void go(CompletableFuture<String> payload) {
		}

	}

	@GameComponent
	static class JsonPayload {

		@Handler
		void go(List<String> payload) {
		}

	}

	@GameComponent
	static class ProtobufPayload {

		@Handler
		void go(StringValue payload) {
		}

	}

	@GameComponent
	static class BlankRoute {

		@Handler(" ")
		void go() {
		}

	}

	@GameComponent
	static class LongRoute {

		@Handler("ö23456789 ö23456789 ö23456789 ö23456789 ö23456789 ö23456789 ö23456789 ö23456789 ö23456789 ö23456789 "
				+ "ö23456789 ö23456789 ö23456789 ö23456789 ö23456789 ö23456789 ö23456789 ö23456789 ö23456789 ö23456789 "
				+ "ö23456789 ö23456789 ö23456789 ö23456789")
		void go() {
		}

	}

	@GameComponent
	static class NoHandlers {

		static Flux<String> anything(Callable<String> one, Callable<String> two) {
			return Flux.empty();
		}

	}

}
