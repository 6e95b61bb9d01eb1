package io.nanogame.net;

import java.util.List;

import io.nanogame.server.ComponentLifecycle;
import io.nanogame.server.TestServer;
import io.nanogame.test.TestAuthority;
import io.netty.buffer.UnpooledByteBufAllocator;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import io.netty.handler.ssl.SslHandler;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;

class TlsTests {

	private static SslContext jdk;

	@BeforeAll
	static void makeContext() throws Exception {
		jdk = SslContextBuilder.forServer(new TestAuthority().server(1).toKeyManagerFactory()).build();
	}

	private static SslHandler handler(Tls tls) {
		return tls.handler(UnpooledByteBufAllocator.DEFAULT);
	}

	@Test
	void aCountedContextIsReleasedWhenItIsReplaced() {
		CountedContext first = new CountedContext(jdk);
		CountedContext second = new CountedContext(jdk);
		Tls tls = new Tls(first, false);
		assertThat(handler(tls)).isNotNull();
		assertThat(first.refCnt()).isOne();
		tls.change(second);
		assertThat(first.refCnt()).isZero();
		assertThat(handler(tls)).isNotNull();
		assertThat(second.refCnt()).isOne();
	}

	@Test
	void aContextIsReleasedWhenTheServerStops() {
		CountedContext context = new CountedContext(jdk);
		Tls tls = new Tls(context, false);
		tls.close();
		tls.close();
		assertThat(context.refCnt()).isZero();
		assertThat(handler(tls)).isNull();
	}

	@Test
	void aContextIsReleasedWhenTheServerDoesNotStart() {
		CountedContext context = new CountedContext(jdk);
		try (TestServer server = new TestServer()) {
			server.listener((listener) -> listener.with(new Tls(context, false)))
				.with((builder) -> builder.components(List.of(new ComponentLifecycle() {

					@Override
					public void init() {
						throw new IllegalStateException("broken");
					}

				})));
			assertThatIllegalStateException().isThrownBy(server::start);
		}
		assertThat(context.refCnt()).isZero();
	}

	@Test
	void aContextSetAfterTheCloseIsReleased() {
		Tls tls = new Tls(jdk, false);
		tls.close();
		CountedContext late = new CountedContext(jdk);
		tls.change(late);
		assertThat(late.refCnt()).isZero();
		assertThat(handler(tls)).isNull();
	}

	@Test
	void nettysHandshakeTimeoutIsOff() {
		assertThat(handler(new Tls(jdk, false)).getHandshakeTimeoutMillis()).isZero();
	}

}
