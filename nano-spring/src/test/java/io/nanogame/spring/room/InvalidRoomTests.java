package io.nanogame.spring.room;

import java.util.function.Consumer;

import io.nanogame.session.Session;
import io.nanogame.spring.Handler;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.config.ConfigurableBeanFactory;
import org.springframework.context.annotation.AnnotationConfigApplicationContext;
import org.springframework.context.annotation.Scope;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Classes that cannot be rooms, and the messages that explain it.
 */
class InvalidRoomTests {

	private static void rejects(String problem, Class<?>... types) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext(types)) {
			assertThatExceptionOfType(InvalidRoomException.class).isThrownBy(() -> new RoomKinds(context))
				.satisfies((ex) -> assertThat(ex.problem()).isEqualTo(problem));
		}
	}

	private static void reads(Class<?> type, Consumer<RoomType> check) {
		try (AnnotationConfigApplicationContext context = new AnnotationConfigApplicationContext()) {
			System.setProperty("test.room.tick", "25ms");
			context.register(type);
			context.refresh();
			check.accept(new RoomKinds(context).components().get(0).definition());
		}
		finally {
			System.clearProperty("test.room.tick");
		}
	}

	@Test
	void aRoomMayHaveNoMethodsAtAll() {
		reads(Plain.class, (type) -> {
			assertThat(type.kind()).isEqualTo("plain");
			assertThat(type.state()).isNull();
			assertThat(type.calls().tick()).isNull();
			assertThat(type.limits().seats()).isEqualTo(2);
			assertThat(type.limits().reservation()).hasSeconds(10);
		});
	}

	@Test
	void durationsMayHavePlaceholders() {
		reads(Placeholder.class, (type) -> assertThat(type.calls().interval()).hasMillis(25));
	}

	@Test
	void aRoomThatMovesDeclaresWhatIsSaved() {
		reads(Movable.class, (type) -> assertThat(type.saved()).isEqualTo(String.class));
		reads(Plain.class, (type) -> assertThat(type.saved()).isNull());
		rejects("its MovableRoom needs the class that is saved", Vague.class);
	}

	@Test
	void aRoomIsAPrototype() {
		rejects("its bean 'invalidRoomTests.Single' must be a prototype", Single.class);
	}

	@Test
	void aRoomHasSeats() {
		rejects("it must have at least one seat", WithoutSeats.class);
	}

	@Test
	void aRoomHasAKind() {
		rejects("its kind must not be empty", WithoutKind.class);
	}

	@Test
	void aKindHasOneClass() {
		rejects("another class has the kind 'plain', too", Plain.class, PlainToo.class);
	}

	@Test
	void durationsAreChecked() {
		rejects("'soon' of @Tick is not a duration such as 10s", Soon.class);
		rejects("the duration of reservation must be positive", Never.class);
	}

	@Test
	void aMethodOfTheEngineHasItsArgumentsOnly() {
		rejects("its method with @OnLeave may only have the parameters Session, LeaveReason, each once", Curious.class);
		rejects("its method with @Tick must be void", Talkative.class);
		rejects("its method with @View must return an object", Blind.class);
		rejects("its method with @OnLeave must be neither private nor static", Shy.class);
		rejects("only one of its methods may have @Tick", Restless.class);
	}

	@Test
	void aStateCanBeCreated() {
		rejects("its state Pair needs a constructor without parameters", WithPair.class);
	}

	@GameRoom(value = "movable", seats = 2)
	static class Movable implements MovableRoom<String> {

		@Override
		public String save() {
			return "";
		}

		@Override
		public void restore(String saved) {
		}

	}

	@GameRoom(value = "vague", seats = 2)
	static class Vague implements MovableRoom<Object> {

		@Override
		public Object save() {
			return "";
		}

		@Override
		public void restore(Object saved) {
		}

	}

	@GameRoom(value = "plain", seats = 2)
	static class Plain {

		Plain() {
		}

		@Handler
		void move() {
		}

	}

	@GameRoom(value = "plain", seats = 3)
	static class PlainToo {

	}

	@GameRoom(value = "tick", seats = 1)
	static class Placeholder {

		@Tick("${test.room.tick}")
		void tick() {
		}

	}

	@GameRoom(value = "single", seats = 1)
	@Scope(ConfigurableBeanFactory.SCOPE_SINGLETON)
	static class Single {

	}

	@GameRoom(value = "none", seats = 0)
	static class WithoutSeats {

	}

	@GameRoom(seats = 1)
	static class WithoutKind {

	}

	@GameRoom(value = "soon", seats = 1)
	static class Soon {

		@Tick("soon")
		void tick() {
		}

	}

	@GameRoom(value = "never", seats = 1, reservation = "0s")
	static class Never {

	}

	@GameRoom(value = "curious", seats = 1)
	static class Curious {

		@OnLeave
		void leave(Session session, String why) {
		}

	}

	@GameRoom(value = "talkative", seats = 1)
	static class Talkative {

		@Tick("1s")
		String tick() {
			return "tack";
		}

	}

	@GameRoom(value = "blind", seats = 1)
	static class Blind {

		@View
		void view() {
		}

	}

	@GameRoom(value = "shy", seats = 1)
	static class Shy {

		@OnLeave
		private void leave() {
		}

	}

	@GameRoom(value = "restless", seats = 1)
	static class Restless {

		@Tick("1s")
		void tick() {
		}

		@Tick("2s")
		void tock() {
		}

	}

	@GameRoom(value = "pair", seats = 1)
	static class WithPair {

		WithPair(Room<Pair> room) {
		}

	}

	record Pair(int left, int right) {
	}

}
