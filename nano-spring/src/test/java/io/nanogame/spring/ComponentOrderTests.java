package io.nanogame.spring;

import java.util.List;

import io.nanogame.route.Route;
import io.nanogame.server.ComponentLifecycle;
import org.junit.jupiter.api.Test;

import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The order of components and their routes.
 */
class ComponentOrderTests {

	private static List<String> routes(Class<?>... beans) {
		try (TestGame game = new TestGame(beans)) {
			return game.components.routes().stream().map(Route::name).toList();
		}
	}

	@Test
	void componentsAreSortedByTheirAnnotationsThenByTheirDefinitions() {
		assertThat(routes(RoomComponent.class, Last.class, First.class, WaitingRoom.class, Second.class))
			.containsExactly("first.go", "second.go", "room.enter", "last.go", "waitingRoom.enter");
	}

	@Test
	void theRoutesOfAComponentAreSortedByName() {
		assertThat(routes(Alphabet.class)).containsExactly("alphabet.a", "alphabet.b", "alphabet.c");
	}

	@Test
	void lifecycleComponentsAreNotifiedOfStartAndStop() {
		try (TestGame game = new TestGame(NoComponentLifecycle.class, Last.class, RoomComponent.class, First.class)) {
			assertThat(game.components.lifecycles()).hasExactlyElementsOfTypes(First.class, Last.class);
		}
	}

	@GameComponent
	static class RoomComponent {

		@Handler
		void enter() {
		}

	}

	@GameComponent
	static class WaitingRoom {

		@Handler
		void enter() {
		}

	}

	@GameComponent
	static class Last implements ComponentLifecycle {

		@Handler
		void go() {
		}

	}

	@GameComponent
	@Order(1)
	static class First implements ComponentLifecycle {

		@Handler
		void go() {
		}

	}

	@GameComponent
	static class Second implements Ordered {

		@Handler
		void go() {
		}

		@Override
		public int getOrder() {
			return 2;
		}

	}

	static class NoComponentLifecycle implements ComponentLifecycle {

	}

	@GameComponent
	static class Alphabet {

		@Handler
		void b() {
		}

		@Handler
		void c() {
		}

		@Handler
		void a() {
		}

	}

}
