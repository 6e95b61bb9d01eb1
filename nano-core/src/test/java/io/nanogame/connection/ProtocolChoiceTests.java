package io.nanogame.connection;

import java.lang.reflect.Method;
import java.lang.reflect.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

import io.netty.buffer.ByteBuf;
import io.netty.buffer.Unpooled;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import static org.assertj.core.api.Assertions.assertThat;

/** A connection whose protocol is determined by its first bytes. */
class ProtocolChoiceTests {

	/** They are called before the first byte, or on a connection that is decided. */
	private static final Set<String> NOT_DELEGATED = Set.of("connected", "restored", "decided");

	private final List<Method> called = new ArrayList<>();

	private final ProtocolConnection chosen = (ProtocolConnection) Proxy.newProxyInstance(getClass().getClassLoader(),
			new Class<?>[] { ProtocolConnection.class }, (proxy, method, arguments) -> {
				this.called.add(method);
				return result(method.getReturnType());
			});

	/** A result that is not the one that an undecided connection would return. */
	private static @Nullable Object result(Class<?> type) {
		if (type == int.class) {
			return 77;
		}
		if (type == boolean.class) {
			return true;
		}
		return (type == byte[].class) ? new byte[] { 7 } : null;
	}

	static List<Method> delegated() {
		return Arrays.stream(ProtocolConnection.class.getMethods())
			.filter((method) -> !NOT_DELEGATED.contains(method.getName()))
			.toList();
	}

	@ParameterizedTest
	@MethodSource("delegated")
	void theProtocolIsCalled(Method method) throws Exception {
		ProtocolConnection connection = new ProtocolChoice(List.of(new OnlyProtocol())).open(null);
		connection.receive(Unpooled.wrappedBuffer(new byte[1]));
		assertThat(connection.decided()).isSameAs(this.chosen);
		this.called.clear();
		Object[] arguments = new Object[method.getParameterCount()];
		for (int i = 0; i < arguments.length; i++) {
			Class<?> type = method.getParameterTypes()[i];
			arguments[i] = (type == Duration.class) ? Duration.ZERO
					: (type == ByteBuf.class) ? Unpooled.EMPTY_BUFFER : null;
		}
		assertThat(method.invoke(connection, arguments)).isEqualTo(result(method.getReturnType()));
		assertThat(this.called).containsExactly(method);
	}

	private final class OnlyProtocol implements Protocol {

		@Override
		public String name() {
			return "only";
		}

		@Override
		public Set<ProtocolTrait> traits() {
			return Set.of();
		}

		@Override
		public Match detect(ByteBuf first) {
			return Match.YES;
		}

		@Override
		public ProtocolConnection open(ClientConnection connection) {
			return ProtocolChoiceTests.this.chosen;
		}

	}

}
