package io.nanogame.spring;

import java.time.Duration;
import java.util.List;

import io.nanogame.group.Groups;
import io.nanogame.lane.Lanes;
import io.nanogame.lane.Timers;
import io.nanogame.route.LaneSelector;
import io.nanogame.route.Route;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.config.BeanDefinition;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Lazy;
import org.springframework.context.annotation.Scope;
import org.springframework.context.annotation.ScopedProxyMode;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

/**
 * The beans that are components, and their names.
 */
class GameComponentsTests {

	private static List<String> routes(Class<?>... beans) {
		try (TestGame game = new TestGame(beans)) {
			return game.components.routes().stream().map(Route::name).toList();
		}
	}

	@Test
	void aComponentIsNamedAfterItsClassWithoutTheSuffix() {
		assertThat(routes(RoomComponent.class)).containsExactly("room.enter");
	}

	@Test
	void aComponentIsNamedAfterItsClassIfThatHasNoSuffix() {
		assertThat(routes(WaitingRoom.class)).containsExactly("waitingRoom.enter");
	}

	@Test
	void aComponentMayHaveANameOfItsOwn() {
		assertThat(routes(Named.class, NamedAtLength.class)).containsExactly("chat.say", "shop.buy");
	}

	@Test
	void theNameOfAComponentIsNotTheNameOfItsBean() {
		try (TestGame game = new TestGame(Named.class)) {
			assertThat(game.context.containsBean("chat")).isFalse();
		}
	}

	@Test
	void aComponentWithoutHandlersIsAllowed() {
		assertThat(routes(Silent.class)).isEmpty();
	}

	@Test
	void aComponentMayBeDefinedByABeanMethod() {
		assertThat(routes(BeanMethod.class)).containsExactly("room.enter");
	}

	@Test
	void twoComponentsWithTheSameNameAreRefused() {
		assertThatExceptionOfType(DuplicateComponentException.class)
			.isThrownBy(() -> routes(RoomComponent.class, OtherRoom.class))
			.withMessageContaining("'room'")
			.satisfies((ex) -> {
				assertThat(ex.component()).isEqualTo("room");
				assertThat(ex.first()).contains(RoomComponent.class.getName(), "'gameComponentsTests.RoomComponent'");
				assertThat(ex.second()).contains(OtherRoom.class.getName());
			});
	}

	@Test
	void theSameClassTwiceIsRefused() {
		assertThatExceptionOfType(DuplicateComponentException.class)
			.isThrownBy(() -> routes(RoomComponent.class, BeanMethod.class));
	}

	@Test
	void aLazyComponentIsCreated() {
		assertThat(routes(LazyComponent.class)).containsExactly("lazy.go");
	}

	@Test
	void aPrototypeIsRefused() {
		assertThatIllegalStateException().isThrownBy(() -> routes(Prototype.class))
			.withMessageContaining("'gameComponentsTests.Prototype'")
			.withMessageContaining("singleton")
			.withMessageContaining("proxyMode");
	}

	@Test
	void aScopedComponentIsResolvedForEachMessage() throws Exception {
		try (TestGame game = new TestGame(PrototypeBehindProxy.class)) {
			assertThat(game.components.routes()).hasSize(1);
			assertThat(game.call("prototypeBehindProxy.count")).isEqualTo(1);
			assertThat(game.call("prototypeBehindProxy.count")).isEqualTo(1);
		}
	}

	@Test
	void componentsThatNameTheSameLaneShareIt() {
		try (TestGame game = new TestGame(NamedAtLength.class, Trade.class, Named.class)) {
			assertThat(game.route("shop.buy").lane()).isEqualTo(LaneSelector.of(game.lanes.named("economy")))
				.isEqualTo(game.route("trade.offer").lane());
			assertThat(game.route("chat.say").lane()).isNull();
		}
	}

	@Test
	void componentsMayUseThePartsOfTheEngine() {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(Engine.class,
				Injected.class)) {
			assertThat(context.getBean(GameComponents.class).routes()).hasSize(1);
			assertThat(context.getBean(Injected.class).groups).isSameAs(context.getBean(Groups.class));
		}
	}

	@GameComponent
	static class RoomComponent {

		@Handler
		void enter() {
		}

	}

	@GameComponent("room")
	static class OtherRoom {

	}

	@GameComponent
	static class WaitingRoom {

		@Handler
		void enter() {
		}

	}

	@GameComponent("chat")
	static class Named {

		@Handler
		void say() {
		}

	}

	@GameComponent(name = "shop", lane = "economy")
	static class NamedAtLength {

		@Handler
		void buy() {
		}

	}

	@GameComponent(lane = "economy")
	static class Trade {

		@Handler
		void offer() {
		}

	}

	@GameComponent
	static class Silent {

		void speak() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class BeanMethod {

		@Bean
		RoomComponent anotherRoom() {
			return new RoomComponent();
		}

	}

	@GameComponent
	@Lazy
	static class LazyComponent {

		@Handler
		void go() {
		}

	}

	@GameComponent
	@Scope(BeanDefinition.SCOPE_PROTOTYPE)
	static class Prototype {

		@Handler
		void go() {
		}

	}

	@GameComponent
	@Scope(scopeName = BeanDefinition.SCOPE_PROTOTYPE, proxyMode = ScopedProxyMode.TARGET_CLASS)
	static class PrototypeBehindProxy {

		private int calls;

		@Handler
		int count() {
			return ++this.calls;
		}

	}

	@GameComponent
	static class Injected {

		final Groups groups;

		Injected(Groups groups, Lanes lanes) {
			this.groups = groups;
			lanes.named("mine");
		}

		@Handler
		void go() {
		}

	}

	@Configuration(proxyBeanMethods = false)
	static class Engine {

		@Bean
		GameComponents gameComponents(AnnotationConfigApplicationContext beans, Lanes lanes) {
			return new GameComponents(beans, TestGame.PAYLOADS, lanes, RouteNaming.lowerCamelCase(), null, List.of());
		}

		@Bean
		Lanes lanes() {
			return new Lanes(Runnable::run, 100);
		}

		@Bean
		Groups groups(Lanes lanes) {
			return new Groups(TestGame.PAYLOADS, new Timers(lanes.named("timer"), Duration.ofMillis(1)));
		}

	}

}
