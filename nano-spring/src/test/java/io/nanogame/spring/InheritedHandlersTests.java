package io.nanogame.spring;

import io.nanogame.route.Route;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handlers declared by a superclass or an interface.
 */
class InheritedHandlersTests {

	@Test
	void aRouteDescribesItsHandler() {
		try (TestGame game = new TestGame(Derived.class)) {
			assertThat(game.route("derived.keep").origin()).isEqualTo(Derived.class.getName() + ".keep(String)");
		}
	}

	@Test
	void handlersAreInherited() throws Exception {
		try (TestGame game = new TestGame(Derived.class)) {
			assertThat(game.call("derived.ping")).isEqualTo("pong");
		}
	}

	@Test
	void anOverridingHandlerNeedsNoAnnotation() throws Exception {
		try (TestGame game = new TestGame(Derived.class)) {
			assertThat(game.call("derived.keep", "\"it\"")).isEqualTo("kept it");
		}
	}

	@Test
	void aHandlerOfAGenericSuperclassIsOneRoute() throws Exception {
		try (TestGame game = new TestGame(Inventory.class)) {
			assertThat(game.components.routes()).extracting(Route::name)
				.containsExactly("inventory.drop", "inventory.store");
			assertThat(game.call("inventory.store", "{\"name\":\"sword\"}")).isEqualTo("stored sword");
			assertThat(game.call("inventory.drop", "{\"name\":\"sword\"}")).isEqualTo(new Item("sword"));
		}
	}

	@Test
	void anInterfaceMayDeclareAndEvenImplementHandlers() throws Exception {
		try (TestGame game = new TestGame(Implementing.class)) {
			assertThat(game.call("implementing.declared")).isEqualTo("implemented");
			assertThat(game.call("implementing.implemented")).isEqualTo("default");
		}
	}

	static class Base {

		@Handler
		String ping() {
			return "pong";
		}

		@Handler
		String keep(String what) {
			throw new UnsupportedOperationException();
		}

	}

	@GameComponent
	static class Derived extends Base {

		@Override
		String keep(String what) {
			return "kept " + what;
		}

	}

	record Item(String name) {
	}

	abstract static class Store<T> {

		@Handler
		abstract String store(T what);

		@Handler
		T drop(T what) {
			return what;
		}

	}

	@GameComponent
	static class Inventory extends Store<Item> {

		@Override
		String store(Item item) {
			return "stored " + item.name();
		}

	}

	interface Contract {

		@Handler
		String declared();

		@Handler
		default String implemented() {
			return "default";
		}

	}

	@GameComponent
	static class Implementing implements Contract {

		@Override
		public String declared() {
			return "implemented";
		}

	}

}
