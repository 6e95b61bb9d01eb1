package io.nanogame.boot.autoconfigure.push;

import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;

import io.micrometer.core.instrument.MeterRegistry;
import io.nanogame.boot.autoconfigure.RunningApp;
import io.nanogame.group.Pushes;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawPacket;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.TestInstance.Lifecycle;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import org.springframework.beans.factory.config.BeanPostProcessor;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Programs push by HTTP to real clients, in apps of both kinds.
 */
@TestInstance(Lifecycle.PER_CLASS)
@ExtendWith(OutputCaptureExtension.class)
class PushApiTests {

	private static final String TAKEN = "{\"gateways\":1,\"unconfirmed\":0}";

	private static final String NO_GATEWAYS = "{\"gateways\":0,\"unconfirmed\":0}";

	private static final String TO_ALL = "{\"route\":\"onNews\",\"body\":0}";

	private RunningApp servlet;

	private RunningApp reactive;

	@BeforeAll
	void start() {
		this.servlet = start(WebApplicationType.SERVLET);
		this.reactive = start(WebApplicationType.REACTIVE);
	}

	private static RunningApp start(WebApplicationType type, String... properties) {
		String[] all = Stream
			.concat(Stream.of("nano.push-api.enabled=true",
					"nano.push-api.keys=" + PushCaller.KEY + "," + PushCaller.OTHER_KEY,
					"nano.push-api.max-body-size=1KB", "nano.push-api.requests-per-second=0"), Stream.of(properties))
			.toArray(String[]::new);
		return RunningApp.start(App.class, type, all);
	}

	@AfterAll
	void stop() {
		this.servlet.close();
		this.reactive.close();
	}

	Stream<RunningApp> apps() {
		return Stream.of(this.servlet, this.reactive);
	}

	private static void assertProblem(HttpResponse<String> answer, int status, String detail) {
		assertThat(answer.statusCode()).isEqualTo(status);
		assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/problem+json");
		assertThat(answer.body()).contains("\"status\":" + status, "\"detail\":\"" + detail);
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void aUserIsPushedToInAllItsSeats(RunningApp app) {
		try (RawClient ann = Seats.player(app.gamePort(), "ann");
				RawClient annToo = Seats.player(app.gamePort(), "ann");
				RawClient bob = Seats.player(app.gamePort(), "bob")) {
			PushCaller caller = new PushCaller(app);
			HttpResponse<String> answer = caller.post("/user",
					"{\"uid\":\"ann\",\"route\":\"onNews\",\"body\":{ \"text\": \"hé\" }}");
			assertThat(answer.statusCode()).isEqualTo(200);
			assertThat(answer.headers().firstValue("Content-Type")).hasValue("application/json");
			assertThat(answer.body()).isEqualTo(TAKEN);
			assertThat(caller.post("/user", "{\"uid\":\"bob\",\"route\":\"onNews\",\"body\":2}").body())
				.isEqualTo(TAKEN);
			assertThat(ann.readPush("onNews")).isEqualTo("{ \"text\": \"hé\" }");
			assertThat(annToo.readPush("onNews")).isEqualTo("{ \"text\": \"hé\" }");
			assertThat(bob.readPush("onNews")).isEqualTo("2");
		}
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void usersGroupsAndAllArePushedTo(RunningApp app) {
		try (RawClient ann = Seats.player(app.gamePort(), "ann");
				RawClient bob = Seats.player(app.gamePort(), "bob");
				RawClient cat = Seats.member(app.gamePort(), "cat", "a/lobby 1");
				RawClient guest = RawClient.tcp(app.gamePort()).handshake()) {
			guest.request(1, "room.worker", "").readResponse(1);
			PushCaller caller = new PushCaller(app);
			assertThat(caller.post("/users", "{\"uids\":[\"ann\",\"bob\",\"nobody\"],\"route\":\"onNews\",\"body\":1}")
				.body()).isEqualTo(TAKEN);
			assertThat(caller.post("/group", "{\"group\":\"a/lobby 1\",\"route\":\"onNews\",\"body\":2}").body())
				.isEqualTo(TAKEN);
			assertThat(caller.post("/all", "{\"route\":\"onNews\",\"body\":3}").body()).isEqualTo(TAKEN);
			assertThat(List.of(ann.readPush("onNews"), ann.readPush("onNews"))).containsExactly("1", "3");
			assertThat(List.of(bob.readPush("onNews"), bob.readPush("onNews"))).containsExactly("1", "3");
			assertThat(List.of(cat.readPush("onNews"), cat.readPush("onNews"))).containsExactly("2", "3");
			assertThat(guest.readPush("onNews")).isEqualTo("3");
		}
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void bytesArePushedAsBytes(RunningApp app) {
		try (RawClient ann = Seats.player(app.gamePort(), "ann")) {
			assertThat(new PushCaller(app).post("/user", "{\"uid\":\"ann\",\"route\":\"onNews\",\"bytes\":\"AAEC\"}")
				.body()).isEqualTo(TAKEN);
			RawPacket push = ann.readData();
			assertThat(push.route()).isEqualTo("onNews");
			assertThat(push.payload()).isEqualTo("\u0000\u0001\u0002");
		}
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void aPushWithoutARecipientHasZeroGatewaysAndNoError(RunningApp app) {
		PushCaller caller = new PushCaller(app);
		HttpResponse<String> answer = caller.post("/user", "{\"uid\":\"nobody\",\"route\":\"onNews\",\"body\":1}");
		assertThat(answer.statusCode()).isEqualTo(200);
		assertThat(answer.body()).isEqualTo(NO_GATEWAYS);
		assertThat(caller.post("/group", "{\"group\":\"none\",\"route\":\"onNews\",\"body\":1}").body())
			.isEqualTo(NO_GATEWAYS);
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void aCallerWithoutAKeyGetsNoInformation(RunningApp app) {
		PushCaller caller = new PushCaller(app);
		for (String path : List.of("/user", "/all", "/openapi.yaml", "/none", "")) {
			for (String authorization : List.of("Bearer 00000000000000000000000000000000", "Basic YW5uOnNlY3JldA==")) {
				HttpResponse<String> answer = caller.post(path, "{}",
						(request) -> request.setHeader("Authorization", authorization));
				assertProblem(answer, 401, "A key is wanted");
				assertThat(answer.headers().firstValue("WWW-Authenticate")).hasValue("Bearer");
			}
		}
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void eachKeyOpens(RunningApp app) {
		HttpResponse<String> answer = new PushCaller(app).post("/all", TO_ALL,
				(request) -> request.setHeader("Authorization", "Bearer " + PushCaller.OTHER_KEY));
		assertThat(answer.statusCode()).isEqualTo(200);
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void aMalformedRequestIsRejectedWithAReason(RunningApp app) {
		PushCaller caller = new PushCaller(app);
		assertProblem(caller.post("/all", "{\"route\":1}"), 400, "The field 'route' must be text");
		assertProblem(caller.post("/everybody", TO_ALL), 404, "There are user, users, group, all and openapi.yaml");
		assertProblem(caller.post("", TO_ALL), 404, "There are");
		HttpResponse<String> get = caller.get("/all");
		assertProblem(get, 405, "Only POST is allowed here");
		assertThat(get.headers().firstValue("Allow")).hasValue("POST");
		assertProblem(caller.post("/openapi.yaml", ""), 405, "Only GET is allowed here");
		for (String type : List.of("text/plain", "application/x-www-form-urlencoded", "nonsense")) {
			assertProblem(caller.post("/all", TO_ALL, (request) -> request.setHeader("Content-Type", type)), 415,
					"The body must be JSON");
		}
		assertThat(caller
			.post("/all", TO_ALL, (request) -> request.setHeader("Content-Type", "application/json;charset=UTF-8"))
			.statusCode()).isEqualTo(200);
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void aBodyMayBeSoLongAndNoLonger(RunningApp app) {
		PushCaller caller = new PushCaller(app);
		String fits = "{\"route\":\"onNews\",\"body\":\"" + "x".repeat(1024 - 28) + "\"}";
		assertThat(fits).hasSize(1024);
		assertThat(caller.post("/all", fits).statusCode()).isEqualTo(200);
		assertProblem(caller.post("/all", fits + " "), 413, "The body has more than 1024 bytes");
		HttpResponse<String> chunked = caller.send("/all", (request) -> request
			.POST(BodyPublishers.fromPublisher(BodyPublishers.ofString(fits + " ".repeat(100_000)))));
		assertProblem(chunked, 413, "The body has more than 1024 bytes");
	}

	@ParameterizedTest(autoCloseArguments = false)
	@MethodSource("apps")
	void theReasonOfAFailedPushIsLoggedAndNotSent(RunningApp app, CapturedOutput output) {
		assertProblem(new PushCaller(app).post("/all", "{\"route\":\"boom\",\"body\":\"payload of ours\"}"), 500,
				"The push failed, see the log");
		assertThat(output).contains("A push failed", "planted").doesNotContain("payload of ours", PushCaller.KEY);
	}

	/**
	 * Runs no second reactive app: the first one that ends stops the shared event loops.
	 */
	@Test
	void aRequestAboveTheRateGetsRetryAfter() {
		try (RunningApp app = start(WebApplicationType.SERVLET, "nano.push-api.requests-per-second=1")) {
			PushCaller caller = new PushCaller(app);
			List<HttpResponse<String>> answers = IntStream.range(0, 10)
				.mapToObj((i) -> caller.post("/all", TO_ALL))
				.toList();
			assertThat(answers.get(0).statusCode()).isEqualTo(200);
			HttpResponse<String> tooMany = answers.stream()
				.filter((answer) -> answer.statusCode() != 200)
				.findFirst()
				.orElseThrow();
			assertProblem(tooMany, 429, "More than 1 requests in a second");
			assertThat(tooMany.headers().firstValue("Retry-After")).hasValue("1");
			assertProblem(caller.post("/all", TO_ALL, (request) -> request.setHeader("Authorization", "Bearer no")),
					401, "A key is wanted");
			await().until(() -> caller.post("/all", TO_ALL).statusCode() == 200);
		}
	}

	@Test
	void requestsAreTimedByTargetAndOutcome() {
		try (RunningApp app = start(WebApplicationType.SERVLET)) {
			MeterRegistry registry = app.bean(MeterRegistry.class);
			PushCaller caller = new PushCaller(app);
			caller.post("/all", TO_ALL);
			caller.post("/all", "{}");
			caller.post("/all", "{\"route\":\"boom\",\"body\":1}");
			caller.post("/none", "");
			assertThat(count(registry, "all", "success")).isOne();
			assertThat(count(registry, "all", "refused")).isOne();
			assertThat(count(registry, "all", "failed")).isOne();
			assertThat(count(registry, "none", "refused")).isOne();
			assertThat(count(registry, "user", "success")).isZero();
			assertThat(registry.find("nano.push.api.requests").timers()).hasSize(5 * 3);
		}
	}

	private static long count(MeterRegistry registry, String target, String outcome) {
		return registry.get("nano.push.api.requests").tags("target", target, "outcome", outcome).timer().count();
	}

	@Test
	void itIsDisabledByDefault() {
		try (RunningApp app = RunningApp.start(App.class, WebApplicationType.SERVLET)) {
			assertThat(new PushCaller(app).post("/all", TO_ALL).statusCode()).isEqualTo(404);
		}
	}

	/** An app whose pushes to one route fail. */
	@Configuration(proxyBeanMethods = false)
	@Import({ RunningApp.App.class, Seats.class })
	static class App {

		@Bean
		static FailingPushes failingPushes() {
			return new FailingPushes();
		}

	}

	/** Wraps the pushes, so that those to other routes work. */
	static final class FailingPushes implements BeanPostProcessor {

		@Override
		public Object postProcessAfterInitialization(Object bean, String name) {
			if (bean instanceof Pushes pushes) {
				return (Pushes) (audience, route, payload) -> {
					if (route.equals("boom")) {
						throw new IllegalStateException("planted");
					}
					return pushes.push(audience, route, payload);
				};
			}
			return bean;
		}

	}

}
