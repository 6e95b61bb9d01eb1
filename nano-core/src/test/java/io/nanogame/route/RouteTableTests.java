package io.nanogame.route;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class RouteTableTests {

	private static Route route(String name, String origin) {
		return Route.of(name, (request) -> null).from(origin);
	}

	@Test
	void aRouteIsFoundByItsFullName() {
		Route join = route("room.join", "a");
		RouteTable table = new RouteTable(List.of(join, route("room.leave", "b")));
		assertThat(table.find("room.join")).isSameAs(join);
		assertThat(table.find("room")).isNull();
		assertThat(table.find("Room.join")).isNull();
		assertThat(table.find("")).isNull();
	}

	@Test
	void routesAreListedInTheirOrder() {
		RouteTable table = new RouteTable(List.of(route("b", "1"), route("a", "2")));
		assertThat(table.names()).containsExactly("b", "a");
		assertThat(table.routes()).extracting(Route::origin).containsExactly("1", "2");
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> table.names().clear());
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> table.routes().clear());
	}

	@Test
	void twoHandlersOfOneRouteAreRejectedWithBothNames() {
		assertThatExceptionOfType(DuplicateRouteException.class)
			.isThrownBy(() -> new RouteTable(List.of(route("room.join", "A.join"), route("room.join", "B.join"))))
			.withMessage("Route 'room.join' has two handlers: A.join and B.join")
			.satisfies((ex) -> {
				assertThat(ex.route()).isEqualTo("room.join");
				assertThat(ex.first()).isEqualTo("A.join");
				assertThat(ex.second()).isEqualTo("B.join");
			});
	}

	@Test
	void aServerMayHaveNoRoutes() {
		assertThat(new RouteTable(List.of()).routes()).isEmpty();
	}

}
