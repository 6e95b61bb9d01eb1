package io.nanogame.spring;

import java.util.Map;

import io.nanogame.route.LaneSelector;
import org.junit.jupiter.api.Test;

import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.core.env.MapPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Placeholders in the names that annotations declare.
 */
class AnnotatedNamesTests {

	private static TestGame game(Class<?> component, Map<String, Object> properties) {
		AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext();
		context.getEnvironment().getPropertySources().addFirst(new MapPropertySource("test", properties));
		context.register(component);
		context.refresh();
		return new TestGame(context);
	}

	@Test
	void thePlaceholdersOfARouteAComponentAndALaneAreResolved() {
		try (TestGame game = game(Arena.class, Map.of("arena.name", "pit", "arena.lane", "fights", "v", "v2"))) {
			assertThat(game.route("pit.enter").lane()).isEqualTo(LaneSelector.of(game.lanes.named("fights")));
			assertThat(game.route("v2.leave")).isNotNull();
			assertThat(game.route("pit.sum2")).isNotNull();
		}
	}

	@Test
	void aPlaceholderWithoutAValueHasItsDefault() {
		try (TestGame game = game(Arena.class, Map.of())) {
			assertThat(game.route("arena.enter").lane()).isNull();
			assertThat(game.route("v1.leave")).isNotNull();
		}
	}

	@Test
	void aRouteThatCannotBeResolvedEndsTheStart() {
		assertThatExceptionOfType(InvalidHandlerException.class).isThrownBy(() -> game(UnknownRoute.class, Map.of()))
			.withMessageContaining(
					"its route cannot be resolved. Could not resolve the placeholder in \"${no.such}.enter\"");
	}

	@Test
	void aNameOrALaneThatCannotBeResolvedEndsTheStart() {
		assertThatExceptionOfType(InvalidComponentException.class).isThrownBy(() -> game(UnknownName.class, Map.of()))
			.satisfies((ex) -> assertThat(ex.problem()).contains("\"${no.such}\""));
		assertThatExceptionOfType(InvalidComponentException.class).isThrownBy(() -> game(UnknownLane.class, Map.of()))
			.satisfies((ex) -> assertThat(ex.problem()).contains("\"${no.such}\""));
	}

	@GameComponent(name = "${arena.name:arena}", lane = "${arena.lane:}")
	static class Arena {

		@Handler
		void enter() {
		}

		@Handler("${v:v1}.leave")
		void leave() {
		}

		@Handler("${arena.name:arena}.sum#{1 + 1}")
		void sum() {
		}

	}

	@GameComponent
	static class UnknownRoute {

		@Handler("${no.such}.enter")
		void enter() {
		}

	}

	@GameComponent("${no.such}")
	static class UnknownName {

	}

	@GameComponent(lane = "${no.such}")
	static class UnknownLane {

	}

}
