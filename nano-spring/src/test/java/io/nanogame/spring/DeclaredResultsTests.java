package io.nanogame.spring;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.nanogame.route.Request;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Mono;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Replies are written as the type that the method declares.
 */
class DeclaredResultsTests {

	private static final String CIRCLES = "[{\"kind\":\"circle\",\"radius\":1}]";

	private final TestGame game = new TestGame(Shapes.class);

	@AfterEach
	void close() {
		this.game.close();
	}

	private String reply(String route) throws Exception {
		Request request = this.game.request(route, new byte[0]);
		Object result = this.game.route(route).handler().handle(request);
		if (!request.isSettled()) {
			request.reply((result instanceof CompletionStage<?> stage) ? stage.toCompletableFuture().get() : result);
		}
		return lastSent();
	}

	private String lastSent() {
		int last = this.game.connection.sent.size() - 1;
		return new String(this.game.connection.sent.get(last).body(), StandardCharsets.UTF_8);
	}

	@ParameterizedTest
	@ValueSource(strings = { "list", "mono", "stage", "future", "wild", "array", "inherited", "deferred" })
	void typeNamesInAContainerAreKept(String method) throws Exception {
		assertThat(reply("shapes." + method)).isEqualTo(CIRCLES);
	}

	@Test
	void typeNamesInAGenericValueAreKept() throws Exception {
		assertThat(reply("shapes.page")).isEqualTo("{\"items\":%s}".formatted(CIRCLES));
		assertThat(reply("shapes.map")).isEqualTo("{\"all\":%s}".formatted(CIRCLES));
	}

	@Test
	void aValueIsWrittenWithAllItsProperties() throws Exception {
		assertThat(reply("shapes.one")).isEqualTo("{\"kind\":\"circle\",\"radius\":1}");
		assertThat(reply("shapes.anything")).isEqualTo("{\"kind\":\"circle\",\"radius\":1}");
	}

	@Test
	void bytesAreSentUnchanged() throws Exception {
		assertThat(reply("shapes.bytes")).isEqualTo("as is");
	}

	@Test
	void aReplacementOfTheReplyIsWrittenAsItsOwnType() throws Exception {
		reply("shapes.list");
		assertThat(this.game.connection.sent.get(0).withValue(List.of("none")).body())
			.isEqualTo("[\"none\"]".getBytes(StandardCharsets.UTF_8));
	}

	@Test
	void aPushKeepsTypeNamesInARecordAndInAnArray() {
		record Drawing(List<Shape> shapes) {
		}
		this.game.session.push("onDrawing", new Drawing(List.of(new Circle(1))));
		assertThat(lastSent()).isEqualTo("{\"shapes\":%s}".formatted(CIRCLES));
		this.game.session.push("onShapes", new Shape[] { new Circle(1) });
		assertThat(lastSent()).isEqualTo(CIRCLES);
	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
	interface Shape {

	}

	@JsonTypeName("circle")
	record Circle(int radius) implements Shape {
	}

	record Page<T>(List<T> items) {
	}

	static class Base<T> {

		List<T> values = List.of();

		@Handler
		List<T> inherited() {
			return this.values;
		}

	}

	@GameComponent("shapes")
	static class Shapes extends Base<Shape> {

		Shapes() {
			this.values = list();
		}

		@Handler
		List<Shape> list() {
			return List.of(new Circle(1));
		}

		@Handler
		Mono<List<Shape>> mono() {
			return Mono.just(list());
		}

		@Handler
		CompletionStage<List<Shape>> stage() {
			return CompletableFuture.completedFuture(list());
		}

		@Handler
		CompletableFuture<List<Shape>> future() {
			return CompletableFuture.completedFuture(list());
		}

		@Handler
		CompletionStage<? extends List<? extends Shape>> wild() {
			return CompletableFuture.completedFuture(list());
		}

		@Handler
		Shape[] array() {
			return list().toArray(new Shape[0]);
		}

		@Handler
		List<Shape> deferred(Request request) {
			request.defer().reply(list());
			return List.of();
		}

		@Handler
		Page<Shape> page() {
			return new Page<>(list());
		}

		@Handler
		Map<String, List<Shape>> map() {
			return Map.of("all", list());
		}

		@Handler
		Shape one() {
			return new Circle(1);
		}

		@Handler
		Object anything() {
			return new Circle(1);
		}

		@Handler
		Object bytes() {
			return "as is".getBytes(StandardCharsets.UTF_8);
		}

	}

}
