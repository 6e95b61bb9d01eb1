package io.nanogame.boot.autoconfigure.diagnostics;

import java.net.InetAddress;
import java.net.ServerSocket;

import io.nanogame.boot.autoconfigure.Room;
import io.nanogame.spring.GameComponent;
import io.nanogame.spring.Handler;
import io.nanogame.spring.match.MatchQueue;
import io.nanogame.spring.match.MatchRule;
import io.nanogame.spring.match.Ticket;
import io.nanogame.test.NatsServer;
import io.nanogame.test.TestAuthority;
import io.netty.pkitesting.X509Bundle;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.extension.ExtendWith;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.publisher.Flux;

import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.EnableAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.boot.test.system.CapturedOutput;
import org.springframework.boot.test.system.OutputCaptureExtension;
import org.springframework.context.annotation.Configuration;
import org.springframework.context.annotation.Import;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatException;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

@ExtendWith(OutputCaptureExtension.class)
class FailureAnalysisTests {

	@Test
	void aPortInUseIsNamedTogetherWithItsKey(CapturedOutput output) throws Exception {
		try (ServerSocket other = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
			fail(App.class, "nano.server.port=" + other.getLocalPort());
			assertThat(output).contains("could not listen on port " + other.getLocalPort())
				.contains("'nano.server.port'");
		}
	}

	@Test
	void aQueueThatIsNoneIsNamedWithTheProblem(CapturedOutput output) {
		fail(InvalidQueue.class);
		assertThat(output).contains("a match must have at least two players")
			.contains("Change the class LonelyQueue, or its @MatchQueue");
	}

	@Test
	void aRouteWithTwoHandlersIsNamedTogetherWithThem(CapturedOutput output) {
		fail(TwoHandlers.class);
		assertThat(output).contains("The route 'room.greet' has two handlers").contains("Room").contains("Twin");
	}

	@Test
	void aComponentNameOfTwoBeansIsNamedTogetherWithThem(CapturedOutput output) {
		fail(TwoComponents.class);
		assertThat(output).contains("There are two game components named 'room'").contains("Room").contains("Other");
	}

	@Test
	void aHandlerThatCannotBeOneIsNamedTogetherWithTheLegalForms(CapturedOutput output) {
		fail(InvalidHandler.class);
		assertThat(output).contains("Streaming.numbers").contains("Mono or CompletionStage");
	}

	@Test
	void aCodeThatCannotBeOneIsNamedTogetherWithItsRoute(CapturedOutput output) {
		fail(App.class, "nano.dictionary[room.greet]=65536");
		assertThat(output).contains("Route \"room.greet\" with code 65536").contains("'[room.greet]: 1'");
	}

	@Test
	void aMergedRouteWithoutAProtobufMessageIsNamedTogetherWithTheBean(CapturedOutput output) {
		fail(App.class, "nano.push.merge[onChat]=50ms", "nano.serializer=protobuf");
		assertThat(output).contains("'nano.push.merge[onChat]'")
			.contains("Action:")
			.contains("new MergedMessage(\"onChat\"");
	}

	@Test
	void anInvalidWindowIsNamedTogetherWithItsKey(CapturedOutput output) {
		fail(App.class, "nano.push.merge[onChat]=6s");
		assertThat(output).contains("Invalid value '6s' for configuration property 'nano.push.merge[onChat]'")
			.contains("1 ms to 5 s");
	}

	@Test
	void aCodeOfTwoRoutesIsNamedTogetherWithThem(CapturedOutput output) {
		fail(App.class, "nano.dictionary[room.greet]=1", "nano.dictionary[room.worker]=1");
		assertThat(output).contains("room.greet").contains("room.worker");
	}

	@Test
	void anUnknownSerializerIsReportedWithTheKnownOnes(CapturedOutput output) {
		fail(App.class, "nano.serializer=jsn");
		assertThat(output).contains("There is no serializer 'jsn'").contains("'json', 'raw', 'protobuf'");
	}

	@Test
	void aBadValueIsNamedTogetherWithItsKeyAndItsReason(CapturedOutput output) {
		fail(App.class, "nano.heartbeat=500ms");
		assertThat(output).contains("Invalid value '500ms' for configuration property 'nano.heartbeat'")
			.contains("whole seconds");
	}

	@Test
	void aValueOfTheWrongTypeIsNamedTogetherWithItsKey(CapturedOutput output) {
		fail(App.class, "nano.server.ssl.client-auth=perhaps");
		assertThat(output).contains("nano.server.ssl.client-auth").contains("perhaps").contains("REQUIRE");
	}

	@Test
	void aPushApiWithoutAKeyIsReportedWithTheAction(CapturedOutput output) {
		fail(WebApplicationType.SERVLET, App.class, "server.port=0", "nano.push-api.enabled=true");
		assertThat(output).contains("The push API has no key").contains("openssl rand -hex 32", "NANO_PUSHAPI_KEYS");
	}

	@Test
	void aKeyThatIsTooShortIsNotPrinted(CapturedOutput output) {
		fail(WebApplicationType.SERVLET, App.class, "server.port=0", "nano.push-api.enabled=true",
				"nano.push-api.keys=open-sesame");
		assertThat(output).contains("has 11 characters, fewer than the 32").doesNotContain("open-sesame");
	}

	@ParameterizedTest
	@ValueSource(strings = { "nano.cluster.token=sesame nano.cluster.username=nano nano.cluster.password=sesame",
			"nano.cluster.password=sesame", "nano.cluster.servers=nats://nano:sesame@nats_1:4222" })
	void anInvalidNatsLoginIsReportedWithoutItsValue(String keys, CapturedOutput output) {
		fail(App.class, ("nano.cluster.enabled=true " + keys).split(" "));
		assertThat(output).contains("******", "for configuration property 'nano.cluster.", "Review the value")
			.doesNotContain("sesame");
	}

	@Test
	void anUnreachableNatsServerIsReportedWithTheAction(CapturedOutput output) {
		fail(App.class, "nano.cluster.enabled=true", "nano.cluster.servers=nats://nano:secret@127.0.0.1:1");
		assertThat(output).contains("No NATS server could be reached at 127.0.0.1:1")
			.contains("'nano.cluster.servers'")
			.contains("'nano.cluster.required: false'")
			.doesNotContain("secret");
	}

	@Test
	void aNatsServerThatRefusesIsNamedTogetherWithTheKeysToLogIn(CapturedOutput output) {
		try (NatsServer nats = new NatsServer("authorization { user: nano, password: secret }")) {
			fail(App.class, "nano.cluster.enabled=true", "nano.cluster.servers=" + nats.url());
			assertThat(output).contains("NATS refuses to let this node in at 127.0.0.1:" + nats.port())
				.contains("Authorization Violation")
				.contains("'nano.cluster.password'")
				.contains("'nano.cluster.credentials'");
		}
	}

	@Test
	void aNatsServerThatRequiresTlsIsReportedWithTheKeyOfTheBundle(CapturedOutput output) throws Exception {
		X509Bundle certificate = new TestAuthority().server(1);
		try (NatsServer nats = new NatsServer("tls { cert_file: \"%s\", key_file: \"%s\" }"
			.formatted(certificate.toTempCertChainPem(), certificate.toTempPrivateKeyPem()))) {
			fail(App.class, "nano.cluster.enabled=true", "nano.cluster.servers=" + nats.url());
			assertThat(output).contains("do not agree on TLS at 127.0.0.1:" + nats.port())
				.contains("'nano.cluster.ssl.bundle'");
		}
	}

	@Test
	void anAddressOfAnotherMachineIsNamedTogetherWithItsKey(CapturedOutput output) {
		fail(App.class, "nano.server.address=192.0.2.1"); // reserved for documentation
		assertThat(output).contains("cannot listen on /192.0.2.1:0")
			.contains("'nano.server.address'")
			.contains("'nano.server.port'");
	}

	@ParameterizedTest
	@CsvSource({ "nano.server.ssl.bundle, nano.enabled", "nano.cluster.ssl.bundle, nano.cluster.enabled" })
	void anUnknownSslBundleIsNamedTogetherWithItsKey(String key, String switchedOn, CapturedOutput output) {
		fail(App.class, key + "=gate", switchedOn + "=true");
		assertThat(output).contains("Invalid value 'gate' for configuration property '" + key + "'")
			.contains("'spring.ssl.bundle.pem.gate'");
	}

	@Test
	void aSpringBootThatIsTooOldIsNamedTogetherWithTheOneThatIsNeeded(CapturedOutput output) {
		assertThatException().isThrownBy(() -> new SpringApplicationBuilder(App.class).web(WebApplicationType.NONE)
			.initializers((context) -> SupportedBoot.check("3.5.7"))
			.run());
		assertThat(output).contains("needs Spring Boot 4.1 or newer, and this application runs on 3.5.7")
			.contains("spring-boot-starter-parent")
			.doesNotContain("Exception:");
	}

	@ParameterizedTest
	@ValueSource(strings = { "4.1.0", "4.1.12", "4.10.0", "4.2.0-M1", "5.0.0", "41.0.0", "next" })
	void newerSpringBootsAreAccepted(String version) {
		assertThatCode(() -> SupportedBoot.check(version)).doesNotThrowAnyException();
	}

	@ParameterizedTest
	@ValueSource(strings = { "4.0.9", "3.5.7", "3.5.7-SNAPSHOT", "2.7.18" })
	void olderSpringBootsAreRefused(String version) {
		assertThatExceptionOfType(UnsupportedBootException.class).isThrownBy(() -> SupportedBoot.check(version));
	}

	private static void fail(Class<?> app, String... properties) {
		fail(WebApplicationType.NONE, app, properties);
	}

	private static void fail(WebApplicationType type, Class<?> app, String... properties) {
		assertThatException().isThrownBy(() -> new SpringApplicationBuilder(app).web(type)
			.properties("nano.server.port=0", "nano.server.address=127.0.0.1")
			.properties(properties)
			.run()
			.close());
	}

	@Configuration(proxyBeanMethods = false)
	@EnableAutoConfiguration
	@Import(Room.class)
	static class App {

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ App.class, LonelyQueue.class })
	static class InvalidQueue {

	}

	@MatchQueue(value = "lonely", room = "table", players = 1)
	static class LonelyQueue implements MatchRule {

		@Override
		public boolean fits(Ticket ticket, Ticket other) {
			return true;
		}

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ App.class, Twin.class })
	static class TwoHandlers {

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ App.class, OtherRoom.class })
	static class TwoComponents {

	}

	@Configuration(proxyBeanMethods = false)
	@Import({ App.class, Streaming.class })
	static class InvalidHandler {

	}

	@GameComponent
	static class Twin {

		@Handler("room.greet")
		void greet() {
		}

	}

	@GameComponent("room")
	static class OtherRoom {

	}

	@GameComponent
	static class Streaming {

		@Handler
		Flux<Integer> numbers() {
			return Flux.just(1, 2);
		}

	}

}
