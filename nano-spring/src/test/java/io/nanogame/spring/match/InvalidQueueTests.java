package io.nanogame.spring.match;

import java.util.function.Consumer;

import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Classes that cannot be queues, and the messages that explain it.
 */
class InvalidQueueTests {

	private static void rejects(String problem, Class<?>... types) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(types)) {
			assertThatExceptionOfType(InvalidMatchQueueException.class).isThrownBy(() -> new MatchQueues(context))
				.satisfies((ex) -> assertThat(ex.problem()).isEqualTo(problem))
				.satisfies((ex) -> assertThat(ex.type()).isEqualTo(types[types.length - 1]));
		}
	}

	private static void reads(Class<?> type, Consumer<MatchQueues> check) {
		System.setProperty("test.match.timeout", "90s");
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(type)) {
			check.accept(new MatchQueues(context));
		}
		finally {
			System.clearProperty("test.match.timeout");
		}
	}

	@Test
	void aQueueIsARuleWithAName() {
		reads(Valid.class, (queues) -> {
			assertThat(queues.infos()).containsExactly(new QueueInfo("valid", "arena", 2, 90_000));
			assertThat(queues.rule(queues.infos().get(0))).isInstanceOf(Valid.class);
		});
	}

	@Test
	void aQueueImplementsTheRule() {
		rejects("it must implement MatchRule", NoRule.class);
	}

	@Test
	void aQueueIsASingleton() {
		rejects("its bean 'invalidQueueTests.Many' must be a singleton", Many.class);
	}

	@Test
	void namesAreUnique() {
		rejects("another class has the name 'same', too", Same.class, SameAgain.class);
	}

	@Test
	void namesAreNotEmpty() {
		rejects("its name and its room must not be empty", Nameless.class);
	}

	@Test
	void aMatchHasTwoPlayersOrMore() {
		rejects("a match must have at least two players", Single.class);
	}

	@Test
	void theTimeoutIsADuration() {
		rejects("'soon' of timeout is not a duration such as 10s", Soon.class);
		rejects("the duration of timeout must be positive", Never.class);
	}

	private abstract static class Any implements MatchRule {

		@Override
		public boolean fits(Ticket ticket, Ticket other) {
			return true;
		}

	}

	@MatchQueue(value = "valid", room = "arena", players = 2, timeout = "${test.match.timeout}")
	static class Valid extends Any {

	}

	@MatchQueue(value = "x", room = "arena", players = 2)
	static class NoRule {

	}

	@MatchQueue(value = "x", room = "arena", players = 2)
	@Scope(ConfigurableBeanFactory.SCOPE_PROTOTYPE)
	static class Many extends Any {

	}

	@MatchQueue(value = "same", room = "arena", players = 2)
	static class Same extends Any {

	}

	@MatchQueue(value = "same", room = "arena", players = 2)
	static class SameAgain extends Any {

	}

	@MatchQueue(room = "arena", players = 2)
	static class Nameless extends Any {

	}

	@MatchQueue(value = "x", room = "arena", players = 1)
	static class Single extends Any {

	}

	@MatchQueue(value = "x", room = "arena", players = 2, timeout = "soon")
	static class Soon extends Any {

	}

	@MatchQueue(value = "x", room = "arena", players = 2, timeout = "0s")
	static class Never extends Any {

	}

}
