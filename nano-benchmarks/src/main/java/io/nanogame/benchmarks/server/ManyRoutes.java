package io.nanogame.benchmarks.server;

import java.util.stream.IntStream;

import io.nanogame.boot.autoconfigure.GameServerBuilderCustomizer;
import io.nanogame.route.Request;
import io.nanogame.route.Route;
import io.nanogame.route.Threading;
import io.nanogame.server.GameServerBuilder;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Adds echo routes; the property {@code benchmark.routes} sets their number. */
@Component
class ManyRoutes implements GameServerBuilderCustomizer {

	private final int count;

	ManyRoutes(@Value("${benchmark.routes:0}") int count) {
		this.count = count;
	}

	@Override
	public void customize(GameServerBuilder builder) {
		builder.routes(IntStream.range(0, this.count)
			.mapToObj((i) -> Route.of("many.route" + i, Request::body).on(Threading.EVENT_LOOP))
			.toList());
	}

}
