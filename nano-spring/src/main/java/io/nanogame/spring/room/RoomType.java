package io.nanogame.spring.room;

import java.lang.reflect.Constructor;
import java.lang.reflect.Type;
import java.time.Duration;
import java.util.Arrays;
import java.util.Objects;

import io.nanogame.session.Session;
import io.nanogame.spring.AnnotatedTexts;
import org.jspecify.annotations.Nullable;

import org.springframework.beans.factory.ListableBeanFactory;
import org.springframework.core.ResolvableType;
import org.springframework.core.annotation.AnnotatedElementUtils;
import org.springframework.util.ClassUtils;

/**
 * The definition of a kind of room: what its class declares.
 *
 * @param kind the kind
 * @param beanName the name of its prototype bean
 * @param type the class
 * @param state the class of the state, or null
 * @param saved the type of what is saved when a room moves; null if the rooms stay
 * @param limits the numbers of its annotation
 * @param calls the methods that the engine calls
 */
record RoomType(String kind, String beanName, Class<?> type, @Nullable Class<?> state, @Nullable Type saved,
		Limits limits, Calls calls) {

	static RoomType of(String beanName, ListableBeanFactory beans) {
		Class<?> type = ClassUtils.getUserClass(Objects.requireNonNull(beans.getType(beanName, false)));
		if (!beans.isPrototype(beanName)) {
			throw new InvalidRoomException(type, "its bean '%s' must be a prototype".formatted(beanName));
		}
		GameRoom annotation = Objects.requireNonNull(AnnotatedElementUtils.findMergedAnnotation(type, GameRoom.class));
		AnnotatedTexts texts = new AnnotatedTexts(beans, (problem) -> new InvalidRoomException(type, problem));
		String kind = texts.resolved(annotation.kind());
		if (kind.isBlank()) {
			throw new InvalidRoomException(type, "its kind must not be empty");
		}
		if (annotation.seats() < 1) {
			throw new InvalidRoomException(type, "it must have at least one seat");
		}
		return new RoomType(kind, beanName, type, state(type), saved(type),
				new Limits(annotation.seats(), texts.positive("reservation", annotation.reservation()),
						texts.duration("emptyFor", annotation.emptyFor())),
				Calls.of(type, texts));
	}

	/** Returns the argument of the type {@link Room} of the constructor. */
	static @Nullable Class<?> state(Class<?> type) {
		Class<?> state = Arrays.stream(type.getDeclaredConstructors())
			.flatMap((constructor) -> Arrays.stream(parameters(constructor)))
			.filter((parameter) -> parameter.toClass() == Room.class)
			.map((parameter) -> parameter.getGeneric(0).toClass())
			.findFirst()
			.orElse(null);
		if (state == null || state == Void.class || state == Object.class) {
			return null;
		}
		if (ClassUtils.getConstructorIfAvailable(state) == null && !hasConstructor(state)) {
			throw new InvalidRoomException(type,
					"its state %s needs a constructor without parameters".formatted(state.getSimpleName()));
		}
		return state;
	}

	/** Returns the argument of {@link MovableRoom}, or null. */
	static @Nullable Type saved(Class<?> type) {
		if (!MovableRoom.class.isAssignableFrom(type)) {
			return null;
		}
		ResolvableType saved = ResolvableType.forClass(type).as(MovableRoom.class).getGeneric(0);
		if (saved.toClass() == Object.class) {
			throw new InvalidRoomException(type, "its MovableRoom needs the class that is saved");
		}
		return saved.getType();
	}

	private static boolean hasConstructor(Class<?> state) {
		return Arrays.stream(state.getDeclaredConstructors()).anyMatch((one) -> one.getParameterCount() == 0);
	}

	private static ResolvableType[] parameters(Constructor<?> constructor) {
		ResolvableType[] types = new ResolvableType[constructor.getParameterCount()];
		Arrays.setAll(types, (index) -> ResolvableType.forConstructorParameter(constructor, index));
		return types;
	}

	/**
	 * The numbers of a kind.
	 *
	 * @param seats the number of seats
	 * @param reservation how long a seat is reserved
	 * @param emptyFor how long an empty room stays
	 */
	record Limits(int seats, Duration reservation, Duration emptyFor) {
	}

	/**
	 * The methods that the engine calls.
	 *
	 * @param leave called when a player has left, or null
	 * @param tick called periodically, or null
	 * @param interval the interval of the ticks; zero without ticks
	 * @param view returns what a client sees, or null
	 */
	record Calls(@Nullable RoomMethod leave, @Nullable RoomMethod tick, Duration interval, @Nullable RoomMethod view) {

		private static Calls of(Class<?> type, AnnotatedTexts texts) {
			RoomMethod tick = RoomMethod.find(type, Tick.class, false, Duration.class);
			return new Calls(RoomMethod.find(type, OnLeave.class, false, Session.class, LeaveReason.class), tick,
					(tick != null) ? texts.positive("@Tick", tick.annotation(Tick.class).value()) : Duration.ZERO,
					RoomMethod.find(type, View.class, true, Session.class));
		}

		/** Returns whether late ticks are repeated. */
		boolean catchesUp() {
			return this.tick != null && this.tick.annotation(Tick.class).late() == LateTicks.CATCH_UP;
		}

	}

}
