package io.nanogame.server;

import java.util.List;

import io.nanogame.route.ErrorMapper;
import io.nanogame.route.Request;
import io.nanogame.route.RequestException;
import io.nanogame.test.RawClient;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Exceptions of the game are mapped to errors.
 */
class ErrorMappingTests {

	private final MemoryServer server = new MemoryServer();

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void aMapperReceivesTheRequest() {
		ErrorMapper ofRequest = new ErrorMapper() {
			@Override
			public @Nullable RequestException map(Throwable failure) {
				return null;
			}

			@Override
			public @Nullable RequestException map(Throwable failure, Request request) {
				return "ann".equals(request.session().uid()) ? new RequestException(402, "pay " + request.route())
						: map(failure);
			}
		};
		this.server
			.with((builder) -> builder.errorMappers(List.of(ofRequest, (failure) -> new RequestException(409, "no"))))
			.lane("test.throw", (request) -> {
				throw new IllegalArgumentException();
			})
			.lane("test.bind", (request) -> {
				request.session().bind("ann");
				return request.body();
			})
			.start();
		try (RawClient client = this.server.connect().handshake()) {
			assertThat(client.request(1, "test.throw", "").readResponse(1)).isEqualTo("{\"code\":409,\"msg\":\"no\"}");
			client.request(2, "test.bind", "{}").readResponse(2);
			assertThat(client.request(3, "test.throw", "").readResponse(3))
				.isEqualTo("{\"code\":402,\"msg\":\"pay test.throw\"}");
		}
	}

}
