package io.nanogame.spring.match;

import java.lang.reflect.Method;
import java.util.List;

import org.jspecify.annotations.Nullable;

import org.springframework.aot.hint.BindingReflectionHintsRegistrar;
import org.springframework.aot.hint.ExecutableMode;
import org.springframework.aot.hint.RuntimeHints;
import org.springframework.aot.hint.RuntimeHintsRegistrar;

/**
 * Registers hints for what the matchmaker sends to other nodes and to clients, and for
 * what sessions keep.
 */
final class MatchRuntimeHints implements RuntimeHintsRegistrar {

	@Override
	public void registerHints(RuntimeHints hints, @Nullable ClassLoader classLoader) {
		BindingReflectionHintsRegistrar binding = new BindingReflectionHintsRegistrar();
		binding.registerReflectionHints(hints.reflection(), PlayerState.class, Matches.Found.class,
				Endings.Cancelled.class, Endings.TimedOut.class);
		for (Class<?> desk : List.of(TicketDesk.class, QueueDesk.class)) {
			hints.proxies().registerJdkProxy(desk);
			for (Method method : desk.getMethods()) {
				hints.reflection().registerMethod(method, ExecutableMode.INVOKE);
				binding.registerReflectionHints(hints.reflection(), method.getGenericParameterTypes());
				binding.registerReflectionHints(hints.reflection(), method.getGenericReturnType());
			}
		}
	}

}
