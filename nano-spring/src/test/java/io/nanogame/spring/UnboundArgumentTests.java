package io.nanogame.spring;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletionStage;

import io.nanogame.group.Groups;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.pipeline.Interceptor;
import io.nanogame.session.Session;
import kotlin.coroutines.Continuation;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Scope;
import org.springframework.web.bind.annotation.RequestBody;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Invalid arguments and results that would otherwise fail only when a message is handled.
 */
class UnboundArgumentTests {

	private static String problem(Class<?>... beans) {
		String[] problem = new String[1];
		assertThatExceptionOfType(InvalidHandlerException.class).isThrownBy(() -> new TestGame(beans))
			.satisfies((ex) -> problem[0] = ex.problem());
		return problem[0];
	}

	@Test
	void anArgumentThatIsABean() {
		assertThat(problem(TakesGroups.class, Engine.class))
			.isEqualTo("Groups is a bean, not an argument; inject it into the constructor of the component");
		assertThat(problem(TakesBoth.class, Engine.class)).startsWith("Groups is a bean");
	}

	@Test
	void anArgumentThatCannotBeReadFromJson() {
		assertThat(problem(TakesGroups.class)).isEqualTo("its payload cannot be read: " + Groups.class.getName()
				+ " cannot be read from JSON: has no constructor or creator that Jackson can call");
		assertThat(problem(TakesAbstract.class)).endsWith("is abstract and has no @JsonTypeInfo");
		assertThat(problem(TakesAbstractInside.class)).contains("its 'members[]', a ");
	}

	@Test
	void anArgumentWithAnAnnotationWithoutEffect() {
		assertThat(problem(WebAnnotation.class)).isEqualTo("@RequestBody has no effect on an argument of a handler");
		assertThat(problem(ValueAnnotation.class)).isEqualTo("@Value has no effect on an argument of a handler");
	}

	@Test
	void aSuspendFunctionOfKotlin() {
		assertThat(problem(Suspending.class))
			.startsWith("it is a suspend function; return a CompletionStage or a Mono");
	}

	@Test
	void twoPayloadsAreNamed() {
		assertThat(problem(TwoPayloads.class))
			.isEqualTo("it takes two payloads, String and List, but a message has one");
	}

	@Test
	void aComponentThatIsNotASingleton() {
		assertThatExceptionOfType(InvalidComponentException.class).isThrownBy(() -> new TestGame(Prototype.class))
			.withMessageContaining("cannot be a game component: it must be a singleton")
			.satisfies((ex) -> assertThat(ex.bean()).endsWith("Prototype"));
	}

	@Test
	void aHandlerOfABeanThatIsNotAComponent() {
		assertThat(problem(PlainBean.class))
			.isEqualTo("PlainBean is not a @GameComponent, so no message reaches its methods");
	}

	@Test
	void anAnnotationForHandlersOnAnotherMethod() {
		assertThat(problem(NoHandler.class)).isEqualTo("@NonBlocking has no effect on a method without @Handler");
		assertThat(problem(NothingToIntercept.class))
			.isEqualTo("@Intercept has no effect on a method without @Handler");
	}

	static class PlainBean {

		@Handler
		void go() {
		}

	}

	@GameComponent
	static class NoHandler {

		@NonBlocking
		void go() {
		}

	}

	@GameComponent
	static class NothingToIntercept {

		@Intercept(Interceptor.class)
		void go() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Engine {

		@Bean
		Groups groups() {
			Lanes lanes = new Lanes(Runnable::run, 10);
			return new Groups(TestGame.PAYLOADS, new Timers(lanes.named("timer"), Duration.ofMillis(1)));
		}

	}

	@GameComponent
	static class TakesGroups {

		@Handler
		void join(Session session, Groups groups) {
		}

	}

	@GameComponent
	static class TakesBoth {

		@Handler
		void join(Session session, String name, Groups groups) {
		}

	}

	abstract static class Abstract {

	}

	record Party(List<Abstract> members) {
	}

	@GameComponent
	static class TakesAbstract {

		@Handler
		void join(Abstract payload) {
		}

	}

	@GameComponent
	static class TakesAbstractInside {

		@Handler
		void join(Party payload) {
		}

	}

	@GameComponent
	static class WebAnnotation {

		@Handler
		void join(@RequestBody String name) {
		}

	}

	@GameComponent
	static class ValueAnnotation {

		@Handler
		void join(@Value("${name}") String name) {
		}

	}

	@GameComponent
	static class Suspending {

		@Handler
		Object join(String name, Continuation<? super String> continuation) {
			return name;
		}

	}

	@GameComponent
	static class TwoPayloads {

		@Handler
		void join(String name, Session session, List<String> names) {
		}

	}

	@GameComponent
	@Scope("prototype")
	static class Prototype {

	}

}
