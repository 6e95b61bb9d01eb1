package io.nanogame.connection;

import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/** A connection whose protocol is determined by its first bytes. */
class ProtocolChoiceTests {

	/** They are called before the first byte, or on a connection that is decided. */
	private static final Set<String> NOT_DELEGATED = Set.of("connected", "restored");

	@Test
	void allMethodsAreDelegatedToTheProtocol() {
		Class<?> undecided = Arrays.stream(ProtocolChoice.class.getDeclaredClasses())
			.filter(ProtocolConnection.class::isAssignableFrom)
			.findFirst()
			.orElseThrow();
		List<Method> delegated = Arrays.stream(ProtocolConnection.class.getMethods())
			.filter((method) -> !NOT_DELEGATED.contains(method.getName()))
			.toList();
		assertThat(delegated).isNotEmpty()
			.allSatisfy(
					(method) -> assertThat(undecided.getDeclaredMethod(method.getName(), method.getParameterTypes()))
						.isNotNull());
	}

}
