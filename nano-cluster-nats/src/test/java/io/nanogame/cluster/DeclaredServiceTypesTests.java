package io.nanogame.cluster;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.stream.Stream;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;
import com.fasterxml.jackson.annotation.JsonTypeName;
import io.nanogame.service.NanoService;
import io.nanogame.test.NatsServer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * Arguments and results of services travel as the interface declares them.
 */
class DeclaredServiceTypesTests {

	private final NatsServer nats = new NatsServer();

	private final TestNode caller = TestNode.gateway(this.nats, "caller");

	private final TestNode owner = TestNode.gateway(this.nats, "owner");

	@BeforeEach
	void start() {
		this.caller.start();
		this.owner.start();
	}

	@AfterEach
	void stop() {
		this.caller.close();
		this.owner.close();
		this.nats.close();
	}

	@Test
	void theElementsOfAListKeepTheNamesOfTheirTypesBothWays() {
		this.owner.services.offer(Shapes.class, new OwnShapes());
		this.owner.flush();
		Shapes shapes = this.caller.services.any(Shapes.class);
		assertThat(shapes.same(List.of(new Circle(1)))).containsExactly(new Circle(1));
		assertThat(shapes.later(List.of(new Circle(2))).toCompletableFuture().join()).containsExactly(new Circle(2));
	}

	@Test
	void aServiceWhoseArgumentsCannotTravelIsNotOffered() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.owner.services.offer(Jobs.class, (job) -> {
		})).withMessage("java.lang.Runnable cannot be read from JSON: is abstract and has no @JsonTypeInfo");
		assertThat(this.owner.services.names()).isEmpty();
	}

	@Test
	void aServiceWhoseResultsNoCallerCouldReadIsNotOffered() {
		assertThatIllegalArgumentException().isThrownBy(() -> this.owner.services.offer(Streams.class, Stream::empty))
			.withMessage("java.util.stream.Stream<java.lang.String> cannot be read from JSON: "
					+ "is abstract and has no @JsonTypeInfo");
		assertThatIllegalArgumentException().isThrownBy(() -> this.owner.services.offer(Players.class, () -> List.of()))
			.withMessage("players.all has java.util.List<T>, and nobody could read what that stands for; "
					+ "name the type in the interface");
		assertThat(this.owner.services.names()).isEmpty();
	}

	@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
	@JsonSubTypes(@JsonSubTypes.Type(Circle.class))
	interface Shape {

	}

	@JsonTypeName("circle")
	record Circle(int radius) implements Shape {
	}

	@NanoService("shapes")
	interface Shapes {

		List<Shape> same(List<Shape> shapes);

		CompletionStage<List<Shape>> later(List<Shape> shapes);

	}

	@NanoService("jobs")
	interface Jobs {

		void run(Runnable job);

	}

	@NanoService("streams")
	interface Streams {

		Stream<String> all();

	}

	interface Store<T> {

		List<T> all();

	}

	@NanoService("players")
	interface Players extends Store<Circle> {

	}

	static class OwnShapes implements Shapes {

		@Override
		public List<Shape> same(List<Shape> shapes) {
			return List.copyOf(shapes);
		}

		@Override
		public CompletionStage<List<Shape>> later(List<Shape> shapes) {
			return CompletableFuture.completedFuture(shapes);
		}

	}

}
