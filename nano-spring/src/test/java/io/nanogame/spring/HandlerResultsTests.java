package io.nanogame.spring;

import java.io.IOException;
import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.atomic.AtomicInteger;

import io.nanogame.route.Request;
import io.nanogame.session.OutboundMessage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.completionStage;

/**
 * The effects of results and exceptions of handlers.
 */
class HandlerResultsTests {

	private final TestGame game = new TestGame(Giving.class);

	@AfterEach
	void close() {
		this.game.close();
	}

	@Test
	void aValueIsTheReply() throws Exception {
		assertThat(this.game.call("giving.value")).isEqualTo(new Answer("yes"));
	}

	@Test
	void aPrimitiveIsTheReply() throws Exception {
		assertThat(this.game.call("giving.primitive")).isEqualTo(42L);
	}

	@Test
	void voidAndNullAreAnEmptyReply() throws Exception {
		assertThat(this.game.call("giving.nothing")).isNull();
		assertThat(this.game.call("giving.none")).isNull();
	}

	@Test
	void aReplyIsSentWhenAMonoCompletes() throws Exception {
		assertThat(this.game.call("giving.mono")).asInstanceOf(completionStage(Object.class))
			.isCompletedWithValue(new Answer("later"));
	}

	@Test
	void aMonoIsSubscribedToOnce() throws Exception {
		this.game.call("giving.counted");
		assertThat(this.game.context.getBean(Giving.class).subscriptions).hasValue(1);
	}

	@Test
	void anEmptyMonoIsAnEmptyReply() throws Exception {
		assertThat(this.game.call("giving.empty")).asInstanceOf(completionStage(Object.class))
			.isCompletedWithValue(null);
	}

	@Test
	void aNullMonoIsAnEmptyReply() throws Exception {
		assertThat(this.game.call("giving.noMono")).isNull();
	}

	@Test
	void theFailureOfAMonoIsUnchanged() throws Exception {
		assertThat(this.game.call("giving.failing")).asInstanceOf(completionStage(Object.class))
			.failsWithin(Duration.ZERO)
			.withThrowableThat()
			.withCauseExactlyInstanceOf(Trouble.class);
	}

	@Test
	void aCompletionStageIsPassedOnUnchanged() throws Exception {
		Giving giving = this.game.context.getBean(Giving.class);
		assertThat(this.game.call("giving.stage")).isSameAs(giving.pending);
		assertThat(this.game.call("giving.future")).isSameAs(giving.pending);
	}

	@Test
	void aReplyMayBeDeferred() throws Exception {
		assertThat(this.game.call("giving.deferring")).isNull();
		assertThat(this.game.connection.sent).isEmpty();
		assertThat(this.game.session.respond(1, new Answer("at last"))).isTrue();
		assertThat(this.game.connection.sent).extracting(OutboundMessage::value).containsExactly(new Answer("at last"));
	}

	@Test
	void anExceptionIsPassedOnUnchanged() {
		assertThatExceptionOfType(Trouble.class).isThrownBy(() -> this.game.call("giving.unchecked"));
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> this.game.call("giving.checked"))
			.withMessage("disk");
		assertThatExceptionOfType(StackOverflowError.class).isThrownBy(() -> this.game.call("giving.error"));
	}

	@Test
	void aThrowableThatIsNeitherExceptionNorErrorIsKeptAsTheCause() {
		assertThatThrownBy(() -> this.game.call("giving.strange")).hasCauseInstanceOf(Strange.class);
	}

	record Answer(String text) {
	}

	static final class Trouble extends RuntimeException {

	}

	static final class Strange extends Throwable {

	}

	@GameComponent
	static class Giving {

		final AtomicInteger subscriptions = new AtomicInteger();

		final CompletableFuture<Answer> pending = new CompletableFuture<>();

		@Handler
		Answer value() {
			return new Answer("yes");
		}

		@Handler
		long primitive() {
			return 42;
		}

		@Handler
		void nothing() {
		}

		@Handler
		@Nullable Answer none() {
			return null;
		}

		@Handler
		Mono<Answer> mono() {
			return Mono.just(new Answer("later"));
		}

		@Handler
		Mono<Void> counted() {
			return Mono.fromRunnable(this.subscriptions::incrementAndGet);
		}

		@Handler
		Mono<Answer> empty() {
			return Mono.empty();
		}

		@Handler
		@Nullable Mono<Answer> noMono() {
			return null;
		}

		@Handler
		Mono<Answer> failing() {
			return Mono.error(new Trouble());
		}

		@Handler
		CompletionStage<Answer> stage() {
			return this.pending;
		}

		@Handler
		CompletableFuture<Answer> future() {
			return this.pending;
		}

		@Handler
		void deferring(Request request) {
			request.defer();
		}

		@Handler
		void unchecked() {
			throw new Trouble();
		}

		@Handler
		void checked() throws IOException {
			throw new IOException("disk");
		}

		@Handler
		void error() {
			throw new StackOverflowError();
		}

		@Handler
		void strange() throws Throwable {
			throw new Strange();
		}

	}

}
