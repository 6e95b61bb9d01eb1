package io.nanogame.docs;

import java.util.List;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.nanogame.client.NanoClient;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import reactor.core.Disposable;

import org.springframework.beans.factory.annotation.Value;
import org.springframework.test.context.TestPropertySource;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Tests the guide of the Java client.
 */
@TestPropertySource(properties = { "nano.listeners.games.port=0", "nano.listeners.games.protocols=length-id",
		"nano.listeners.games.websocket.enabled=false", "nano.listeners.games.allow-unauthenticated=true",
		"nano.listeners.games.ids.[greeting.greet]=7", "nano.listeners.games.ids.onWelcome=12",
		"nano.listeners.games.length-id.error-id=100" })
class JavaClientGuideTests extends RunningGuides {

	private final JavaClientGuide guide = new JavaClientGuide();

	private String url(String scheme) {
		return "%s://127.0.0.1:%d/nano".formatted(scheme, gamePort());
	}

	@ParameterizedTest
	@ValueSource(strings = { "tcp", "ws" })
	void aClientSendsRequestsAndNotificationsAndReceivesPushes(String scheme) {
		NanoClient client = this.guide.connect(url(scheme));
		Disposable mails = this.guide.listen(client);
		this.guide.stay(client);
		this.guide.ask(client);
		this.guide.fail(client);
		await().until(() -> this.guide.shown.contains("mail: a note to myself"));
		await().until(() -> this.guide.shown.containsAll(List.of("Hello Ann", "Hello Bob", "Hello Cid")));
		client.close();
		assertThat(mails.isDisposed()).as("the Flux ends with the client").isTrue();
		assertThat(this.guide.shown).contains("I am Ann", "403 no more than ten")
			.doesNotContain("a note to myself")
			.anyMatch((text) -> text.startsWith("Welcome, number "))
			.anyMatch((text) -> text.startsWith("closed: "));
	}

	@Test
	void aClientHasASeatInARoom() {
		NanoClient client = this.guide.connect(url("ws"));
		this.guide.play(client);
		await().until(() -> this.guide.shown.contains("no seat any more: left "));
		assertThat(this.guide.shown).contains("Welcome, Ann", "Ann: 0", "Ann: 3", "number 1 of 1, at 3");
		client.close();
	}

	@Test
	void aClientUsesNumericIds(@Value("${local.nano.listeners.games.port}") int port) {
		this.guide.withIds("tcp://127.0.0.1:" + port).close();
		assertThat(this.guide.shown).contains("Hello Ann");
	}

	@Test
	void manyClientsShareThreads() {
		SimpleMeterRegistry registry = new SimpleMeterRegistry();
		List<NanoClient> bots = this.guide.bots(url("tcp"), registry);
		assertThat(registry.get("nano.client.connections").gauge().value()).isEqualTo(100);
		bots.forEach(NanoClient::close);
		await().until(() -> registry.get("nano.client.connections").gauge().value() == 0);
	}

}
