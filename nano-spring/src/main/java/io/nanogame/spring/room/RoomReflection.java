package io.nanogame.spring.room;

import java.lang.reflect.AnnotatedElement;
import java.lang.reflect.Type;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.annotation.ReflectiveProcessor;
import org.springframework.core.ResolvableType;

/**
 * Registers the hints of a {@link GameRoom} for native images: its state, which is
 * created and read by reflection, and what it saves when it moves.
 */
final class RoomReflection implements ReflectiveProcessor {

	private final BindingReflectionHintsRegistrar binding = new BindingReflectionHintsRegistrar();

	@Override
	public void registerReflectionHints(ReflectionHints hints, AnnotatedElement element) {
		if (element instanceof Class<?> type) {
			Class<?> state = RoomType.state(type);
			if (state != null) {
				hints.registerType(state, MemberCategory.INVOKE_DECLARED_CONSTRUCTORS,
						MemberCategory.ACCESS_DECLARED_FIELDS);
				this.binding.registerReflectionHints(hints, state);
			}
			Type saved = RoomType.saved(type);
			if (saved != null) {
				Class<?> savedClass = ResolvableType.forType(saved).toClass();
				hints.registerType(savedClass, MemberCategory.INVOKE_DECLARED_CONSTRUCTORS,
						MemberCategory.ACCESS_DECLARED_FIELDS);
				this.binding.registerReflectionHints(hints, saved);
			}
		}
	}

}
