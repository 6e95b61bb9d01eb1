package io.nanogame.spring;

import java.lang.annotation.Retention;
import java.lang.annotation.RetentionPolicy;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nanogame.route.DuplicateRouteException;
import io.nanogame.route.Route;
import io.nanogame.route.Threading;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;

import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.core.annotation.AliasFor;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Which methods become routes, and what is decided about them.
 */
class HandlerRoutesTests {

	@Test
	void aRouteIsTheComponentAndTheMethod() throws Exception {
		try (TestGame game = new TestGame(Room.class)) {
			assertThat(game.ask("room.joinQuickly")).isEqualTo("joined");
		}
	}

	@Test
	void aHandlerMayNameItsWholeRoute() throws Exception {
		try (TestGame game = new TestGame(Room.class)) {
			assertThat(game.ask("lobby.leave")).isEqualTo("left");
		}
	}

	@Test
	void aGameMayNameItsRoutesItsOwnWay() {
		try (TestGame game = new TestGame(Room.class, GoNaming.class)) {
			assertThat(game.components.routes()).extracting(Route::name)
				.containsExactly("Room.JOINQUICKLY", "lobby.leave");
		}
	}

	@Test
	void aRouteTellsWhatStandsBehindIt() {
		try (TestGame game = new TestGame(Derived.class)) {
			assertThat(game.route("derived.keep").origin()).isEqualTo(Derived.class.getName() + ".keep(String)");
		}
	}

	@Test
	void aMethodWithoutAnnotationIsNoRoute() {
		try (TestGame game = new TestGame(Room.class)) {
			assertThat(game.components.routes()).hasSize(2);
		}
	}

	@Test
	void aHandlerThatReturnsAValueMayBlock() {
		try (TestGame game = new TestGame(Threads.class)) {
			assertThat(game.route("threads.nothing").threading()).isEqualTo(Threading.LANE);
			assertThat(game.route("threads.value").threading()).isEqualTo(Threading.LANE);
		}
	}

	@Test
	void aHandlerWithAnAsynchronousResultStartsOnTheEventLoop() {
		try (TestGame game = new TestGame(Threads.class)) {
			assertThat(game.route("threads.mono").threading()).isEqualTo(Threading.EVENT_LOOP);
			assertThat(game.route("threads.stage").threading()).isEqualTo(Threading.EVENT_LOOP);
			assertThat(game.route("threads.future").threading()).isEqualTo(Threading.EVENT_LOOP);
		}
	}

	@Test
	void aHandlerThatPromisesNotToBlockStartsOnTheEventLoop() {
		try (TestGame game = new TestGame(Threads.class, Fast.class)) {
			assertThat(game.route("threads.fast").threading()).isEqualTo(Threading.EVENT_LOOP);
			assertThat(game.route("fast.value").threading()).isEqualTo(Threading.EVENT_LOOP);
		}
	}

	@Test
	void theLaneOfAComponentWinsOverEverythingElse() {
		try (TestGame game = new TestGame(Battle.class)) {
			assertThat(game.components.routes()).hasSize(2).allSatisfy((route) -> {
				assertThat(route.threading()).isEqualTo(Threading.LANE);
				assertThat(route.executor(game.session)).isSameAs(game.lanes.named("battle"));
			});
		}
	}

	@Test
	void aHandlerGivesUpTheOrderOfMessagesOnlyWhenItSaysSo() {
		try (TestGame game = new TestGame(Threads.class)) {
			assertThat(game.route("threads.value").concurrent()).isFalse();
			assertThat(game.route("threads.unordered").concurrent()).isTrue();
		}
	}

	@Test
	void handlersAreInherited() throws Exception {
		try (TestGame game = new TestGame(Derived.class)) {
			assertThat(game.ask("derived.ping")).isEqualTo("pong");
		}
	}

	@Test
	void anOverriddenHandlerNeedsNoAnnotationAgain() throws Exception {
		try (TestGame game = new TestGame(Derived.class)) {
			assertThat(game.ask("derived.keep", "\"it\"")).isEqualTo("kept it");
		}
	}

	@Test
	void aHandlerOfAGenericSuperclassIsOneRoute() throws Exception {
		try (TestGame game = new TestGame(Inventory.class)) {
			assertThat(game.components.routes()).extracting(Route::name)
				.containsExactly("inventory.drop", "inventory.store");
			assertThat(game.ask("inventory.store", "{\"name\":\"sword\"}")).isEqualTo("stored sword");
			assertThat(game.ask("inventory.drop", "{\"name\":\"sword\"}")).isEqualTo(new Item("sword"));
		}
	}

	@Test
	void anInterfaceMayDeclareAndEvenImplementHandlers() throws Exception {
		try (TestGame game = new TestGame(Implementing.class)) {
			assertThat(game.ask("implementing.declared")).isEqualTo("implemented");
			assertThat(game.ask("implementing.implemented")).isEqualTo("default");
		}
	}

	@Test
	void anAnnotationMayStandForTheHandlerAnnotation() {
		try (TestGame game = new TestGame(Composed.class)) {
			assertThat(game.route("admin.kick").concurrent()).isTrue();
		}
	}

	@Test
	void overloadedMethodsAreOneRouteTooMany() {
		assertThatExceptionOfType(DuplicateRouteException.class).isThrownBy(() -> new TestGame(Overloaded.class))
			.satisfies((ex) -> {
				assertThat(ex.route()).isEqualTo("overloaded.say");
				assertThat(new String[] { ex.first(), ex.second() }).containsExactlyInAnyOrder(
						Overloaded.class.getName() + ".say(String)", Overloaded.class.getName() + ".say()");
			});
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

	@GameComponent
	static class Threads {

		@Handler
		void nothing() {
		}

		@Handler
		int value() {
			return 1;
		}

		@Handler
		Mono<Integer> mono() {
			return Mono.just(1);
		}

		@Handler
		CompletionStage<Integer> stage() {
			return CompletableFuture.completedStage(1);
		}

		@Handler
		CompletableFuture<Integer> future() {
			return CompletableFuture.completedFuture(1);
		}

		@Handler
		@NonBlocking
		int fast() {
			return 1;
		}

		@Handler(concurrent = true)
		void unordered() {
		}

	}

	@GameComponent
	@NonBlocking
	static class Fast {

		@Handler
		int value() {
			return 1;
		}

	}

	@GameComponent(lane = "battle")
	@NonBlocking
	static class Battle {

		@Handler
		void hit() {
		}

		@Handler
		Mono<Void> heal() {
			return Mono.empty();
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
