package io.nanogame.boot.autoconfigure;

import java.io.IOException;
import java.io.InputStream;
import java.util.List;

import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

class MetadataTests {

	@Test
	void everyKeyIsDescribed() throws IOException {
		assertThat(keys())
			.allSatisfy((key) -> assertThat(key.path("description").asString("")).as(key.toString()).endsWith("."));
	}

	@Test
	void theKeysAreFew() throws IOException {
		assertThat(keys()).extracting((key) -> key.get("name").asString())
			.containsExactlyInAnyOrder("nano.additional-serializers", "nano.cluster.connect-timeout",
					"nano.cluster.credentials", "nano.cluster.drain.period", "nano.cluster.enabled",
					"nano.cluster.heartbeat", "nano.cluster.label", "nano.cluster.metadata", "nano.cluster.name",
					"nano.cluster.namespace", "nano.cluster.password", "nano.cluster.patience", "nano.cluster.required",
					"nano.cluster.servers", "nano.cluster.ssl.bundle", "nano.cluster.ssl.verify-hostname",
					"nano.cluster.token", "nano.cluster.unique-sessions", "nano.cluster.username", "nano.dictionary",
					"nano.enabled", "nano.heartbeat", "nano.lane.capacity", "nano.listeners", "nano.log-messages",
					"nano.push-api.enabled", "nano.push-api.keys", "nano.push-api.max-body-size",
					"nano.push-api.max-users", "nano.push-api.requests-per-second", "nano.push.high-water-mark",
					"nano.push.merge", "nano.push.merge-field", "nano.push.merge-window", "nano.push.policies",
					"nano.request-timeout", "nano.resume.max-bytes", "nano.resume.max-sessions",
					"nano.resume.max-total-bytes", "nano.resume.window", "nano.room.client-access", "nano.room.max",
					"nano.serializer", "nano.server.address", "nano.server.addresses.allowed",
					"nano.server.addresses.denied", "nano.server.keep-alive.count", "nano.server.keep-alive.idle",
					"nano.server.keep-alive.interval", "nano.server.allow-unauthenticated", "nano.server.compression",
					"nano.server.compression-threshold", "nano.server.enabled", "nano.server.handshake-timeout",
					"nano.server.idle-timeout", "nano.server.ids", "nano.server.length-id.byte-order",
					"nano.server.length-id.error-id", "nano.server.length-id.id-bytes",
					"nano.server.length-id.id-first", "nano.server.length-id.length-bytes",
					"nano.server.length-id.length-counts", "nano.server.limits.burst",
					"nano.server.limits.max-attributes", "nano.server.limits.max-connections",
					"nano.server.limits.max-connections-per-address", "nano.server.limits.max-group-size",
					"nano.server.limits.max-validations", "nano.server.limits.on-excess",
					"nano.server.limits.requests-per-second", "nano.server.limits.weights",
					"nano.server.max-handshake-size", "nano.server.max-inflated-size", "nano.server.max-inflate-rate",
					"nano.server.max-packet-size", "nano.server.min-receive-rate", "nano.server.port",
					"nano.server.protocols", "nano.server.proxy-protocol.trusted-addresses", "nano.server.raw.route",
					"nano.server.shutdown.grace-period", "nano.server.ssl.allow-plain-text", "nano.server.ssl.bundle",
					"nano.server.ssl.client-auth", "nano.server.websocket.subprotocols", "nano.server.tcp.enabled",
					"nano.server.websocket.allowed-origins", "nano.server.websocket.enabled",
					"nano.server.websocket.max-header-size", "nano.server.websocket.max-request-line-size",
					"nano.server.websocket.path", "nano.service.timeout", "nano.session.keep-query",
					"nano.session.login", "nano.session.max-backlog", "nano.session.max-backlog-size",
					"nano.timer.precision", "nano.web.path", "nano.web.protocols", "nano.web.raw.route",
					"nano.web.subprotocols");
	}

	@Test
	void everyGroupIsDescribedOnce() throws IOException {
		List<JsonNode> groups = entries("groups");
		assertThat(groups).allSatisfy(
				(group) -> assertThat(group.path("description").asString("")).as(group.toString()).endsWith("."));
		assertThat(groups).extracting((group) -> group.get("name").asString()).doesNotHaveDuplicates();
	}

	private static List<JsonNode> keys() throws IOException {
		return entries("properties").stream().filter((key) -> key.get("name").asString().startsWith("nano.")).toList();
	}

	private static List<JsonNode> entries(String kind) throws IOException {
		try (InputStream in = NanoProperties.class
			.getResourceAsStream("/META-INF/spring-configuration-metadata.json")) {
			return JsonMapper.shared().readTree(in).get(kind).values().stream().toList();
		}
	}

}
