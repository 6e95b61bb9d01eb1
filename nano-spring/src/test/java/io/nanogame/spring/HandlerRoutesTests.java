package io.nanogame.spring;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;

import io.nanogame.route.DuplicateRouteException;
import io.nanogame.route.Route;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AliasFor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The methods that become routes, and the properties of these routes.
 */
class HandlerRoutesTests {

	@Test
	void aRouteIsTheComponentAndTheMethod() throws Exception {
		try (TestGame game = new TestGame(Room.class)) {
			assertThat(game.call("room.joinQuickly")).isEqualTo("joined");
		}
	}

	@Test
	void aHandlerMayNameItsWholeRoute() throws Exception {
		try (TestGame game = new TestGame(Room.class)) {
			assertThat(game.call("lobby.leave")).isEqualTo("left");
		}
	}

	@Test
	void aComponentMayHaveTheNameThatPitayaClientsUse() throws Exception {
		try (TestGame game = new TestGame(OfPitaya.class)) {
			assertThat(game.call("chat.room.join")).isEqualTo("joined");
		}
	}

	@Test
	void aGameMayHaveItsOwnNamingOfRoutes() {
		try (TestGame game = new TestGame(Room.class, GoNaming.class)) {
			assertThat(game.components.routes()).extracting(Route::name)
				.containsExactly("Room.JOINQUICKLY", "lobby.leave");
		}
	}

	@Test
	void aMethodWithoutTheAnnotationIsNotARoute() {
		try (TestGame game = new TestGame(Room.class)) {
			assertThat(game.components.routes()).hasSize(2);
		}
	}

	@Test
	void aComposedAnnotationMayReplaceTheHandlerAnnotation() {
		try (TestGame game = new TestGame(Composed.class)) {
			assertThat(game.route("admin.kick").concurrent()).isTrue();
		}
	}

	@Test
	void overloadedMethodsWithTheSameRouteAreRefused() {
		assertThatExceptionOfType(DuplicateRouteException.class).isThrownBy(() -> new TestGame(Overloaded.class))
			.satisfies((ex) -> {
				assertThat(ex.route()).isEqualTo("overloaded.say");
				assertThat(new String[] { ex.first(), ex.second() }).containsExactlyInAnyOrder(
						Overloaded.class.getName() + ".say(String)", Overloaded.class.getName() + ".say()");
			});
	}

	@GameComponent("chat.room")
	static class OfPitaya {

		@Handler
		String join() {
			return "joined";
		}

	}

	@GameComponent
	static class Room {

		@Handler
		String joinQuickly() {
			return "joined";
		}

		@Handler("lobby.leave")
		String anything() {
			return "left";
		}

		String noHandler() {
			return "never";
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class GoNaming {

		@Bean
		RouteNaming naming() {
			return (component, method) -> component.replace('r', 'R') + "." + method.getName().toUpperCase();
		}

	}

	@Retention(RetentionPolicy.RUNTIME)
	@Handler(concurrent = true)
	@interface AdminHandler {

		@AliasFor(annotation = Handler.class, attribute = "value")
		String value();

	}

	@GameComponent
	static class Composed {

		@AdminHandler("admin.kick")
		void kick() {
		}

	}

	@GameComponent
	static class Overloaded {

		@Handler
		void say() {
		}

		@Handler
		void say(String what) {
		}

	}

}
