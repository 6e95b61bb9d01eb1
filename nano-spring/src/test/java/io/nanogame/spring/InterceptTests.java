package io.nanogame.spring;

import java.lang.annotation.ElementType;
import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.lang.annotation.Target;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nanogame.pipeline.Interceptor;
import io.nanogame.pipeline.Interceptors;
import io.nanogame.route.Request;
import io.nanogame.route.RequestException;
import io.nanogame.route.RouteHandler;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.InstanceOfAssertFactories.completionStage;

/**
 * The interceptors of handlers, and their order.
 */
class InterceptTests {

	private static final Class<?>[] INTERCEPTORS = { Third.class, First.class, Second.class, Guard.class, Loose.class };

	private static TestGame game(Class<?>... components) {
		List<Class<?>> beans = new ArrayList<>(List.of(INTERCEPTORS));
		beans.addAll(List.of(components));
		return new TestGame(beans.toArray(Class<?>[]::new));
	}

	/**
	 * Returns the names of the interceptors that a message passes, the outermost first.
	 */
	private static List<String> passed(TestGame game, String route) throws Exception {
		Request request = game.request(route, new byte[0]);
		game.route(route).handler().handle(request);
		return trace(request);
	}

	@SuppressWarnings("unchecked")
	private static List<String> trace(Request request) {
		return (List<String>) request.attributes().computeIfAbsent("trace", (name) -> new ArrayList<>());
	}

	@Test
	void interceptorsOfTheClassRunBeforeThoseOfTheMethod() throws Exception {
		try (TestGame game = game(Room.class)) {
			assertThat(passed(game, "room.plain")).containsExactly("Second", "First");
			assertThat(passed(game, "room.more")).containsExactly("Second", "First", "Third");
		}
	}

	@Test
	void anInterceptorNamedTwiceRunsOnce() throws Exception {
		try (TestGame game = game(Room.class)) {
			assertThat(passed(game, "room.again")).containsExactly("Second", "First");
		}
	}

	@Test
	void composedAnnotationsAreCumulative() throws Exception {
		try (TestGame game = game(Composed.class)) {
			assertThat(passed(game, "composed.both")).containsExactlyInAnyOrder("First", "Second");
		}
	}

	@Test
	void annotationsOfASuperclassApply() throws Exception {
		try (TestGame game = game(SpecialRoom.class)) {
			assertThat(passed(game, "specialRoom.plain")).containsExactlyInAnyOrder("First", "Second", "Third");
		}
	}

	@Test
	void aTypeStandsForAllItsBeansInTheirOrder() throws Exception {
		try (TestGame game = game(Everything.class)) {
			assertThat(passed(game, "everything.go")).containsExactly("First", "Second", "Third");
		}
	}

	@Test
	void aHandlerWithoutInterceptorsIsNotWrapped() throws Exception {
		try (TestGame game = game(Bare.class)) {
			assertThat(game.route("bare.go").handler()).isInstanceOf(BoundHandler.class);
		}
	}

	@Test
	void anInterceptorMayRejectTheMessage() throws Exception {
		try (TestGame game = game(Guarded.class)) {
			assertThat(game.call("guarded.enter")).asInstanceOf(completionStage(Object.class))
				.isCompletedExceptionally();
			game.session.bind("ada");
			assertThat(game.call("guarded.enter")).asInstanceOf(completionStage(Object.class))
				.isCompletedWithValue("entered");
		}
	}

	@Test
	void anInterceptorThatNoAnnotationNamesIsGlobal() {
		try (TestGame game = game(Room.class)) {
			assertThat(game.components.globalInterceptors()).hasExactlyElementsOfTypes(Guard.class, Loose.class);
		}
	}

	@Test
	void globalInterceptorsRunInTheirOrder() {
		try (TestGame game = game(Bare.class)) {
			assertThat(game.components.globalInterceptors()).hasExactlyElementsOfTypes(First.class, Second.class,
					Third.class, Guard.class, Loose.class);
		}
	}

	@Test
	void anInterceptorNamedByAClassWithoutHandlersIsNotGlobal() {
		try (TestGame game = game(GuardedEmptiness.class)) {
			assertThat(game.components.globalInterceptors()).hasOnlyElementsOfTypes(Tracing.class, Loose.class);
		}
	}

	@Test
	void globalInterceptorsRunBeforeThoseOfTheHandler() throws Exception {
		try (TestGame game = game(Room.class)) {
			RouteHandler handler = Interceptors.around(game.route("room.plain").handler(),
					game.components.globalInterceptors());
			Request request = game.request("room.plain", new byte[0]);
			game.session.bind("ada");
			handler.handle(request);
			assertThat(trace(request)).containsExactly("Loose", "Second", "First");
		}
	}

	@Test
	void anInterceptorWithoutABeanIsRefusedAtStartup() {
		assertThatExceptionOfType(InvalidHandlerException.class).isThrownBy(() -> new TestGame(Room.class))
			.satisfies((ex) -> assertThat(ex.problem())
				.isEqualTo("there is no bean of the interceptor " + Second.class.getName()));
	}

	abstract static class Tracing implements Interceptor {

		@Override
		public CompletionStage<@Nullable Object> intercept(Request request, Next next) {
			trace(request).add(getClass().getSimpleName());
			return next.proceed(request);
		}

	}

	@Order(1)
	static class First extends Tracing {

	}

	@Order(2)
	static class Second extends Tracing {

	}

	@Order(3)
	static class Third extends Tracing {

	}

	static class Guard implements Interceptor {

		@Override
		public CompletionStage<@Nullable Object> intercept(Request request, Next next) {
			return (request.session().uid() != null) ? next.proceed(request)
					: CompletableFuture.failedFuture(new RequestException(403, "nobody"));
		}

	}

	static class Loose implements Interceptor {

		@Override
		public CompletionStage<@Nullable Object> intercept(Request request, Next next) {
			trace(request).add("Loose");
			return next.proceed(request);
		}

	}

	@GameComponent
	@Intercept({ Second.class, First.class })
	static class Room {

		@Handler
		void plain() {
		}

		@Handler
		@Intercept(Third.class)
		void more() {
		}

		@Handler
		@Intercept({ First.class, Second.class })
		void again() {
		}

	}

	@GameComponent
	@Intercept(Third.class)
	static class SpecialRoom extends Room {

	}

	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@Intercept(First.class)
	@interface Counted {

	}

	@Target(ElementType.METHOD)
	@Retention(RetentionPolicy.RUNTIME)
	@Intercept(Second.class)
	@interface Throttled {

	}

	@GameComponent
	static class Composed {

		@Handler
		@Counted
		@Throttled
		void both() {
		}

	}

	@GameComponent
	static class Everything {

		@Handler
		@Intercept(Tracing.class)
		void go() {
		}

	}

	@GameComponent
	static class Bare {

		@Handler
		void go() {
		}

	}

	@GameComponent
	static class Guarded {

		@Handler
		@Intercept(Guard.class)
		String enter() {
			return "entered";
		}

	}

	@GameComponent
	@Intercept(Guard.class)
	static class GuardedEmptiness {

	}

}
