package io.nanogame.boot.autoconfigure;

import io.nanogame.server.GameServer;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.boot.test.context.runner.ApplicationContextRunner;

import static org.assertj.core.api.Assertions.assertThat;

class BadValueTests {

	private final ApplicationContextRunner app = GameRunner.create();

	@ParameterizedTest
	@CsvSource(delimiter = '|', textBlock = """
			nano.server.port                  | -1       | 0 to 65535
			nano.server.port                  | 65536    | 0 to 65535
			nano.heartbeat                    | 0        | whole seconds
			nano.heartbeat                    | 500ms    | whole seconds
			nano.heartbeat                    | 1500ms   | whole seconds
			nano.heartbeat                    | -1s      | whole seconds
			nano.heartbeat                    | 999999d  | at most 36500 days
			nano.request-timeout              | 0        | above zero
			nano.resume.window                | -1s      | 0 to 3600 whole seconds
			nano.resume.window                | 1500ms   | 0 to 3600 whole seconds
			nano.resume.window                | 61m      | 0 to 3600 whole seconds
			nano.resume.max-bytes             | -1       | 0 to 2147483647 bytes
			nano.resume.max-sessions          | 0        | at least 1
			nano.resume.max-total-bytes       | -1       | not be negative
			nano.request-timeout              | 999999d  | at most 36500 days
			nano.server.handshake-timeout     | 999999d  | at most 36500 days
			nano.push.merge-window            | 999999d  | at most 36500 days
			nano.timer.precision              | 999999d  | at most 36500 days
			nano.server.handshake-timeout     | 0        | above zero
			nano.server.shutdown.grace-period | -1s      | not be negative
			nano.server.shutdown.grace-period | 31s      | timeout-per-shutdown-phase', which is 30 s
			nano.server.ssl.client-auth       | require  | ssl.bundle' the game port has no TLS
			nano.server.max-packet-size       | 255      | 256 to 16777215 bytes
			nano.server.max-packet-size       | 16777216 | 256 to 16777215 bytes
			nano.server.max-inflated-size     | -1       | 0 to 2147483647 bytes
			nano.server.max-inflated-size     | 2GB      | 0 to 2147483647 bytes
			nano.server.max-handshake-size    | 1B       | 256 to 16777215 bytes
			nano.server.min-receive-rate      | 0        | 1 to 2147483647 bytes
			nano.server.max-inflate-rate      | 0        | 1 to 2147483647 bytes
			nano.server.compression-threshold | -1       | 0 to 2147483647 bytes
			nano.session.max-backlog-size     | 0        | 1 to 2147483647 bytes
			nano.server.websocket.max-request-line-size | 2MB | 256 to 1048576 bytes
			nano.server.websocket.max-request-line-size | 1 | 256 to 1048576 bytes
			nano.server.websocket.max-header-size | 255  | 256 to 1048576 bytes
			nano.push.high-water-mark         | 0        | 1 to 2147483647 bytes
			nano.push.merge-window            | -1ms     | not be negative
			nano.session.max-backlog          | 0        | at least 1
			nano.server.limits.max-connections | -1      | not be negative
			nano.server.limits.max-connections-per-address | -1 | not be negative
			nano.server.limits.requests-per-second | 1000001 | 0 to 1000000
			nano.server.limits.burst          | -1       | 0 to 1000000
			nano.server.limits.weights.a.b    | -1       | 0 to 1000000
			nano.server.limits.max-group-size | -1       | not be negative
			nano.server.limits.max-attributes | -1       | not be negative
			nano.server.limits.max-validations | -1      | not be negative
			nano.server.proxy-protocol.trusted-addresses | 10.0.0.0/33 | 10.0.0.0/33' is neither an IP address
			nano.server.proxy-protocol.trusted-addresses | 10.0.0.1,lb.example | lb.example' is neither an IP address
			nano.server.addresses.allowed     | 10.0.0.0/33 | 10.0.0.0/33' is neither an IP address
			nano.server.addresses.denied      | evil.example | evil.example' is neither an IP address
			nano.server.keep-alive.idle       | 0        | 1 to 32767
			nano.server.keep-alive.idle       | 1500ms   | 1 to 32767
			nano.server.keep-alive.interval   | 10h      | 1 to 32767
			nano.server.keep-alive.count      | 128      | 1 to 127
			nano.lane.capacity                | 0        | at least 1
			nano.timer.precision              | 900us    | at least one millisecond
			nano.server.websocket.path        | game     | begin with a slash
			nano.server.websocket.allowed-origins | game.example | an origin with its scheme
			nano.server.websocket.allowed-origins | https://*.example | or '*' alone for all
			""")
	void anInvalidValueIsReportedWithItsKey(String key, String value, String reason) {
		this.app.withPropertyValues(key + "=" + value).run(InvalidValue.reported(key, reason));
	}

	@Test
	void theSmallestHandshakesAndRequestsFitInTheSmallestSizes() {
		GameRunner.play(
				this.app.withPropertyValues("nano.server.max-handshake-size=256B", "nano.server.max-packet-size=256B"),
				(client) -> assertThat(client).isNotNull());
		this.app
			.withPropertyValues("nano.server.websocket.max-request-line-size=256B",
					"nano.server.websocket.max-header-size=256B")
			.run((context) -> RawClient.webSocket(context.getBean(GameServer.class).port(), "/").handshake().close());
	}

	@Test
	void compressedMessagesOfWebSocketsRequireInflation() {
		this.app.withPropertyValues("nano.server.compression=permessage-deflate", "nano.server.max-inflated-size=0")
			.run(InvalidValue.reported("nano.server.compression", "'nano.server.max-inflated-size' of 0 rejects"));
	}

	@Test
	void anUnknownMethodOfCompressionIsReported() {
		this.app.withPropertyValues("nano.server.compression=gzip")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause().hasMessageContaining("gzip"));
	}

	@Test
	void aWeightAboveTheBurstIsRejected() {
		this.app
			.withPropertyValues("nano.server.limits.requests-per-second=5", "nano.server.limits.weights[room.join]=6")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class, (ex) -> {
					assertThat(ex.getName()).isEqualTo("nano.server.limits.weights.room.join");
					assertThat(ex.getReason()).contains("0 to 5");
				}));
	}

	@Test
	void aGracePeriodMayBeAsLongAsSpringsOwn() {
		this.app
			.withPropertyValues("nano.server.shutdown.grace-period=60s",
					"spring.lifecycle.timeout-per-shutdown-phase=1m")
			.run((context) -> assertThat(context).hasNotFailed());
		this.app
			.withPropertyValues("nano.server.shutdown.grace-period=10s",
					"spring.lifecycle.timeout-per-shutdown-phase=5s")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
						(ex) -> assertThat(ex.getReason()).contains("which is 5 s")));
	}

	@Test
	void aServerWithoutTransportsIsRejected() {
		this.app.withPropertyValues("nano.server.tcp.enabled=false", "nano.server.websocket.enabled=false")
			.run((context) -> assertThat(context.getStartupFailure()).rootCause()
				.isInstanceOfSatisfying(InvalidConfigurationPropertyValueException.class,
						(ex) -> assertThat(ex.getReason()).contains("nano.server.tcp.enabled is false too")));
	}

}
