package io.nanogame.boot.autoconfigure.tracing;

import java.util.List;
import java.util.Objects;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentLinkedQueue;

import io.micrometer.tracing.Tracer;
import io.nanogame.boot.autoconfigure.GameRunner;
import io.nanogame.boot.autoconfigure.NanoAutoConfiguration;
import io.nanogame.boot.autoconfigure.NanoServerAutoConfiguration;
import io.nanogame.boot.autoconfigure.cluster.ClusterRunner;
import io.nanogame.boot.autoconfigure.service.NanoServiceAutoConfiguration;
import io.nanogame.node.Nodes;
import io.nanogame.server.GameServer;
import io.nanogame.service.NanoService;
import io.nanogame.service.Services;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.test.NatsServer;
import io.nanogame.test.RawClient;
import io.nanogame.trace.Tracing;
import io.opentelemetry.api.common.AttributeKey;
import io.opentelemetry.context.Context;
import io.opentelemetry.sdk.trace.ReadWriteSpan;
import io.opentelemetry.sdk.trace.ReadableSpan;
import io.opentelemetry.sdk.trace.SpanProcessor;
import io.opentelemetry.sdk.trace.data.SpanData;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.slf4j.MDC;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.AutoConfigurations;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.ssl.SslAutoConfiguration;
import org.springframework.boot.autoconfigure.task.TaskExecutionAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.jackson.autoconfigure.JacksonAutoConfiguration;
import org.springframework.boot.micrometer.observation.autoconfigure.ObservationAutoConfiguration;
import org.springframework.boot.micrometer.tracing.autoconfigure.MicrometerTracingAutoConfiguration;
import org.springframework.boot.micrometer.tracing.opentelemetry.autoconfigure.OpenTelemetryTracingAutoConfiguration;
import org.springframework.boot.opentelemetry.autoconfigure.OpenTelemetrySdkAutoConfiguration;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;
import org.springframework.context.ApplicationContext;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;
import org.springframework.context.support.GenericApplicationContext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A request is one trace through handlers, services and nodes, with Boot's own tracer.
 */
class NanoTracingAutoConfigurationTests {

	private static final AutoConfigurations TRACING = AutoConfigurations.of(ObservationAutoConfiguration.class,
			OpenTelemetrySdkAutoConfiguration.class, OpenTelemetryTracingAutoConfiguration.class,
			MicrometerTracingAutoConfiguration.class, NanoTracingAutoConfiguration.class);

	private final Queue<SpanData> spans = new ConcurrentLinkedQueue<>();

	private ApplicationContextRunner traced(ApplicationContextRunner app, String name) {
		return app.withConfiguration(TRACING)
			.withBean(SpanProcessor.class, () -> new Kept(this.spans))
			.withPropertyValues("management.tracing.sampling.probability=1", "spring.application.name=" + name);
	}

	private static String ask(ApplicationContext app, String route) {
		try (RawClient client = RawClient.tcp(app.getBean(GameServer.class).port()).handshake()) {
			return client.request(1, route, "{}").readResponse(1);
		}
	}

	/** The trace id as in the log of an app. */
	private static String trace(Tracer tracer) {
		return Objects.requireNonNull(tracer.currentSpan()).context().traceId();
	}

	/** The name of the app, the kind and the name of a span. */
	private static String described(SpanData span) {
		return "%s %s %s".formatted(span.getResource().getAttribute(AttributeKey.stringKey("service.name")),
				span.getKind(), span.getName());
	}

	private static @Nullable String tag(SpanData span, String name) {
		return span.getAttributes().get(AttributeKey.stringKey(name));
	}

	private List<SpanData> awaitSpans(int count) {
		await().until(() -> this.spans.size() >= count);
		return List.copyOf(this.spans);
	}

	private SpanData span(String description) {
		return this.spans.stream().filter((span) -> described(span).equals(description)).findFirst().orElseThrow();
	}

	@Test
	void withoutATracerThereAreNoSpans() {
		GameRunner.create()
			.withConfiguration(AutoConfigurations.of(NanoTracingAutoConfiguration.class))
			.run((context) -> assertThat(context.getBean(Tracing.class)).isSameAs(Tracing.NONE));
		GameRunner.create()
			.withConfiguration(AutoConfigurations.of(NanoTracingAutoConfiguration.class))
			.withBean(Tracer.class, () -> Tracer.NOOP)
			.run((context) -> assertThat(context.getBean(Tracing.class)).isSameAs(Tracing.NONE));
	}

	@Test
	void aHandlerRunsInASpan() {
		traced(GameRunner.create(), "alone").withBean(Back.class).run((context) -> {
			String seen = ask(context, "back.trace");
			assertThat(awaitSpans(1)).singleElement().satisfies((span) -> {
				assertThat(described(span)).isEqualTo("alone SERVER back.trace");
				assertThat(seen).contains(span.getTraceId());
				assertThat(span.getParentSpanContext().isValid()).isFalse();
			});
		});
	}

	@Test
	void theLogOfAHandlerNamesItsTrace() {
		try (ConfigurableApplicationContext app = new SpringApplicationBuilder(App.class).web(WebApplicationType.NONE)
			.properties("nano.server.port=0", "nano.server.address=127.0.0.1",
					"management.tracing.sampling.probability=1")
			.initializers((context) -> ((GenericApplicationContext) context).registerBean(SpanProcessor.class,
					() -> new Kept(this.spans)))
			.run()) {
			String logged = ask(app, "back.log");
			assertThat(awaitSpans(1)).singleElement()
				.satisfies((span) -> assertThat(logged).contains(span.getTraceId()));
		}
	}

	@Test
	void aSpanLastsUntilItsResultIsThere() {
		traced(GameRunner.create(), "alone").withBean(Back.class).run((context) -> {
			Back back = context.getBean(Back.class);
			try (RawClient client = RawClient.tcp(context.getBean(GameServer.class).port()).handshake()) {
				client.request(1, "back.later", "{}");
				await().until(() -> back.later.getNumberOfDependents() > 0);
				assertThat(this.spans).isEmpty();
				back.later.completeExceptionally(new IllegalStateException("player 7 did it"));
				assertThat(client.readResponse(1)).contains("500");
			}
			assertThat(awaitSpans(1)).singleElement()
				.satisfies((span) -> assertThat(tag(span, "error")).isEqualTo("IllegalStateException"));
		});
	}

	@Test
	void aRequestIsOneTraceThroughNodesAndServices() {
		try (NatsServer nats = new NatsServer()) {
			traced(ClusterRunner.create(nats), "backend").withPropertyValues("nano.server.enabled=false")
				.withBean(Back.class)
				.run((backend) -> traced(ClusterRunner.create(nats), "gate").withBean(OwnLedger.class).run((gate) -> {
					await().until(() -> !gate.getBean(Nodes.class).withComponent("back").isEmpty()
							&& backend.getBean(Nodes.class)
								.others()
								.stream()
								.anyMatch((node) -> node.services().contains("ledger")));
					String seen = ask(gate, "back.book");
					List<SpanData> all = awaitSpans(4);
					assertThat(all).extracting(NanoTracingAutoConfigurationTests::described)
						.containsExactlyInAnyOrder("gate CLIENT back", "backend SERVER back.book",
								"backend CLIENT ledger.book", "gate SERVER ledger.book");
					assertThat(all).extracting(SpanData::getTraceId).containsOnly(all.get(0).getTraceId());
					assertThat(seen).contains(all.get(0).getTraceId());
					SpanData forwarded = span("gate CLIENT back");
					SpanData handled = span("backend SERVER back.book");
					SpanData called = span("backend CLIENT ledger.book");
					assertThat(forwarded.getParentSpanContext().isValid()).isFalse();
					assertThat(tag(forwarded, "peer.service")).isEqualTo("backend");
					assertThat(handled.getParentSpanId()).isEqualTo(forwarded.getSpanId());
					assertThat(called.getParentSpanId()).isEqualTo(handled.getSpanId());
					assertThat(span("gate SERVER ledger.book").getParentSpanId()).isEqualTo(called.getSpanId());
				}));
		}
	}

	@Test
	void aFailureOnAnotherNodeIsInTheSpanOfTheGateway() {
		try (NatsServer nats = new NatsServer()) {
			traced(ClusterRunner.create(nats), "backend").withPropertyValues("nano.server.enabled=false")
				.withBean(Back.class)
				.run((backend) -> traced(ClusterRunner.create(nats), "gate").run((gate) -> {
					await().until(() -> !gate.getBean(Nodes.class).withComponent("back").isEmpty());
					assertThat(ask(gate, "back.fail")).contains("500");
					awaitSpans(2);
					assertThat(tag(span("gate CLIENT back"), "error")).isEqualTo("ERROR");
					assertThat(tag(span("backend SERVER back.fail"), "error")).isEqualTo("IllegalStateException");
				}));
		}
	}

	@Configuration(proxyBeanMethods = false)
	@ImportAutoConfiguration({ JacksonAutoConfiguration.class, TaskExecutionAutoConfiguration.class,
			SslAutoConfiguration.class, NanoAutoConfiguration.class, NanoServiceAutoConfiguration.class,
			NanoServerAutoConfiguration.class, ObservationAutoConfiguration.class,
			OpenTelemetrySdkAutoConfiguration.class, OpenTelemetryTracingAutoConfiguration.class,
			MicrometerTracingAutoConfiguration.class, NanoTracingAutoConfiguration.class })
	@Import(Back.class)
	static class App {

	}

	/** Collects ended spans. */
	private record Kept(Queue<SpanData> spans) implements SpanProcessor {

		@Override
		public void onStart(Context parent, ReadWriteSpan span) {
			// Not asked for.
		}

		@Override
		public boolean isStartRequired() {
			return false;
		}

		@Override
		public void onEnd(ReadableSpan span) {
			this.spans.add(span.toSpanData());
		}

		@Override
		public boolean isEndRequired() {
			return true;
		}

	}

	@NanoService("ledger")
	interface Ledger {

		String book();

	}

	static class OwnLedger implements Ledger {

		private final Tracer tracer;

		OwnLedger(Tracer tracer) {
			this.tracer = tracer;
		}

		@Override
		public String book() {
			return trace(this.tracer);
		}

	}

	@GameComponent("back")
	static class Back {

		final CompletableFuture<String> later = new CompletableFuture<>();

		private final Services services;

		private final Tracer tracer;

		Back(Services services, Tracer tracer) {
			this.services = services;
			this.tracer = tracer;
		}

		@Handler
		String trace() {
			return NanoTracingAutoConfigurationTests.trace(this.tracer);
		}

		@Handler
		String log() {
			return MDC.get("traceId");
		}

		@Handler
		CompletionStage<String> later() {
			return this.later;
		}

		@Handler
		String book() {
			return this.services.any(Ledger.class).book();
		}

		@Handler
		String fail() {
			throw new IllegalStateException("player 7 did it");
		}

	}

}
