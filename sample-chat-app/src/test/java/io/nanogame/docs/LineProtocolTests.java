package io.nanogame.docs;

import java.nio.charset.StandardCharsets;
import java.util.stream.Stream;

import io.nanogame.sample.chat.ChatApplication;
import io.nanogame.server.UnauthenticatedProtocolException;
import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.session.HandshakeValidator;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;

import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.Configuration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/**
 * Tests the protocol of the guide.
 */
class LineProtocolTests {

	@Test
	void clientsOfTwoProtocolsAreInOneRoom() {
		try (ConfigurableApplicationContext chat = chat();
				RawClient ann = connect(chat, "1 room.join {\"name\":\"Ann\"}\n");
				RawClient bob = connect(chat, "")) {
			assertThat(next(ann)).isEqualTo("push onMembers {\"members\":[]}");
			assertThat(next(ann)).startsWith("1 ok {\"code\":0");
			send(bob, "{\"route\":\"room.join\",\"id\":1,\"body\":{\"name\":\"Bob\"}}\n");
			assertThat(next(ann)).startsWith("push onNewUser {").contains("Bob has joined");
			assertThat(next(bob)).startsWith("{\"route\":\"onMembers\"").contains("Ann");
			assertThat(next(bob)).startsWith("{\"id\":1,\"body\":");
			send(ann, "0 room.message {\"content\":\"Grüße\"}\n");
			assertThat(next(bob)).startsWith("{\"route\":\"onMessage\"").contains("Grüße");
			assertThat(next(ann)).startsWith("push onMessage {").contains("Grüße");
			send(ann, "2 room.leave\n");
			assertThat(next(ann)).isEqualTo("closed left the room");
		}
	}

	@Test
	void aRequestFailsUnderItsId() {
		try (ConfigurableApplicationContext chat = chat();
				RawClient client = connect(chat, "7 room.fly\n8 room.message {\"content\":\"hello\"}\n")) {
			assertThat(next(client)).isEqualTo("7 error {\"code\":404,\"msg\":\"no such route\"}");
			assertThat(next(client)).startsWith("8 error {\"code\":409");
			for (byte part : "9 room.message {\"content\":\"hello\"}\n".getBytes(StandardCharsets.UTF_8)) {
				client.sendBytes(new byte[] { part });
			}
			assertThat(next(client)).startsWith("9 error {\"code\":409");
		}
	}

	@Test
	void aLineThatIsTooLongOrHasNoIdEndsTheConnection() {
		try (ConfigurableApplicationContext chat = chat();
				RawClient talkative = connect(chat, "1".repeat(4096));
				RawClient hasty = connect(chat, "1x room.join\n")) {
			assertThat(next(talkative)).isEqualTo("closed protocol error: packet too large");
			assertThat(next(hasty)).startsWith("closed protocol error: the id must be a whole number");
		}
	}

	@Test
	void validatorsRejectItsClients() {
		assertThatThrownBy(() -> chat(Bouncer.class)).hasRootCauseInstanceOf(UnauthenticatedProtocolException.class);
		try (ConfigurableApplicationContext chat = chat(Bouncer.class, "--nano.server.allow-unauthenticated=true");
				RawClient client = connect(chat, "1 room.join {\"name\":\"Ann\"}\n")) {
			assertThat(next(client)).isEqualTo("refused members only");
			assertThat(client.readEnd()).isEqualTo("end");
		}
	}

	/** Returns the next line, except reports of traffic, which may come at any time. */
	private static String next(RawClient client) {
		String next;
		do {
			next = client.readLine();
		}
		while (next.contains("onTraffic"));
		return next;
	}

	private static ConfigurableApplicationContext chat() {
		return chat(LineProtocol.class);
	}

	private static ConfigurableApplicationContext chat(Class<?> config, String... args) {
		String[] all = Stream
			.concat(Stream.of("--server.port=0", "--server.address=127.0.0.1", "--nano.server.port=0",
					"--nano.server.address=127.0.0.1", "--nano.server.protocols=json,lines"), Stream.of(args))
			.toArray(String[]::new);
		return new SpringApplicationBuilder(ChatApplication.class, LineProtocol.class, config).run(all);
	}

	private static RawClient connect(ConfigurableApplicationContext chat, String text) {
		int port = chat.getEnvironment().getRequiredProperty("local.nano.port", Integer.class);
		return send(RawClient.tcp(port), text);
	}

	private static RawClient send(RawClient client, String text) {
		return client.sendBytes(text.getBytes(StandardCharsets.UTF_8));
	}

	@Configuration(proxyBeanMethods = false)
	static class Bouncer {

		@Bean
		HandshakeValidator membersOnly() {
			return (handshake) -> {
				throw new HandshakeRefusedException("members only");
			};
		}

	}

}
