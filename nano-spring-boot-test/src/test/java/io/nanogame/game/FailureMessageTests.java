package io.nanogame.game;

import java.time.Duration;
import java.util.Map;

import io.nanogame.boot.test.AutoConfigureNanoTestClient;
import io.nanogame.boot.test.NanoTest;
import io.nanogame.boot.test.client.NanoTestClient;
import io.nanogame.boot.test.client.SentRequest;
import io.nanogame.boot.test.client.TestPlayer;
import io.nanogame.boot.test.slice.VirtualTime;
import io.nanogame.game.Room.Chat;
import io.nanogame.game.Room.Join;
import io.nanogame.game.Room.Members;
import org.assertj.core.api.AbstractThrowableAssert;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;

import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

/** Tests of the failure messages, which show what was received instead. */
@NanoTest
@AutoConfigureNanoTestClient(timeout = "2s")
class FailureMessageTests {

	@Autowired
	private NanoTestClient client;

	@Autowired
	private VirtualTime time;

	private TestPlayer ann;

	@BeforeEach
	void connectAnn() {
		this.ann = this.client.named("ann");
		this.ann.request("room.join", new Join("Ann")).expectResponse();
	}

	private static AbstractThrowableAssert<?, ?> failure(ThrowingCallable expectation) {
		return assertThatThrownBy(expectation).isInstanceOf(AssertionError.class);
	}

	@Test
	void aMissingPush() {
		this.ann.notify("room.message", new Chat("Ann", "hello"));
		this.ann.expectNoPush("onJoin");
		failure(() -> this.ann.expectPush("onBang", String.class))
			.hasMessage("ann's push onBang was not received within 2s. Received, but not expected:\n"
					+ "  push onMessage {\"name\":\"Ann\",\"content\":\"hello\"}\n"
					+ "Time stands still in this test; VirtualTime.advance advances it.");
	}

	@Test
	void aClosedConnectionEndsTheWaitForAPush() {
		this.client = this.client.timeout(Duration.ofMinutes(10));
		TestPlayer bob = this.client.named("bob");
		bob.notify("room.leave");
		failure(() -> bob.expectPush("onMessage", Chat.class)).hasMessageContaining("was kicked: goodbye");
		failure(() -> bob.request("room.join", new Join("Bob")).expectResponse())
			.hasMessageContaining("bob's request room.join was not answered: the connection was closed");
	}

	@Test
	void aPushOfAnotherType() {
		this.ann.notify("room.message", new Chat("Ann", "hello"));
		failure(() -> this.ann.expectPush("onMessage", Integer.class)).hasMessageContaining(
				"ann's push onMessage cannot be read as Integer", "It was {\"name\":\"Ann\",\"content\":\"hello\"}");
	}

	@Test
	void aPushOfOtherContent() {
		this.ann.notify("room.message", new Chat("Ann", "hello"));
		failure(() -> this.ann.expectPush("onMessage", Chat.class).isEqualTo(new Chat("Ann", "bye")))
			.hasMessageContaining("[ann's push onMessage]")
			.hasMessageContaining("hello");
	}

	@Test
	void anUnexpectedPush() {
		this.ann.notify("room.message", new Chat("Ann", "hello"));
		failure(() -> this.ann.expectNoPush("onMessage")).hasMessage(
				"ann expected no push onMessage, but got push onMessage {\"name\":\"Ann\",\"content\":\"hello\"}");
	}

	@Test
	void anErrorInsteadOfAResponse() {
		failure(() -> this.ann.request("admin.stop").expectResponse(Members.class))
			.hasMessageContaining("ann's request admin.stop was answered with an error: 403 for admins");
	}

	@Test
	void aResponseInsteadOfAnError() {
		SentRequest tick = this.ann.request("bomb.tick");
		failure(() -> tick.expectError(403)).hasMessageContaining(
				"ann's request bomb.tick should have been answered with error 403, but the response was {}");
	}

	@Test
	void anotherError() {
		failure(() -> this.ann.request("no.such").expectError(403))
			.hasMessageContaining("should have been answered with error 403, but the error was 404 no such route");
	}

	@Test
	void noResponse() {
		failure(() -> this.ann.request("bomb.defuse", Duration.ofSeconds(1)).expectResponse(String.class))
			.hasMessageContaining("ann's request bomb.defuse was not answered within 2s")
			.hasMessageContaining("VirtualTime.advance");
		this.time.advance(Duration.ofSeconds(1));
	}

	@Test
	void aLateResponse() {
		SentRequest request = this.ann.request("bomb.defuse", Duration.ofSeconds(7));
		this.time.advance(Duration.ofSeconds(20));
		failure(() -> request.expectResponse(String.class).within(Duration.ofSeconds(6)))
			.hasMessageContaining("Expected it within 6s, but it took 7");
	}

	@Test
	void noKick() {
		failure(() -> this.ann.expectKicked("goodbye")).hasMessageContaining("ann was not kicked within 2s");
		failure(() -> this.ann.expectClosed()).hasMessageContaining("ann is still connected after 2s");
		this.ann.close();
		failure(() -> this.ann.expectKicked("goodbye")).hasMessageContaining("ann was not kicked")
			.hasMessageContaining("was closed");
	}

	@Test
	void anotherReasonOfAKick() {
		this.ann.notify("room.leave");
		failure(() -> this.ann.expectKicked("enough")).hasMessageContaining("[the reason of ann's kick]")
			.hasMessageContaining("goodbye");
	}

	@Test
	void aPlayerThatIsRefused() {
		failure(() -> this.client.user(Map.of("name", "Mallory")).connect())
			.hasMessage("player 1 could not connect: The handshake was refused: 500 not you");
		failure(() -> this.client.expectRefused()).hasMessage("player 2 should have been refused, but was accepted");
	}

	@Test
	void aNegativeDuration() {
		assertThatExceptionOfType(IllegalArgumentException.class)
			.isThrownBy(() -> this.time.advance(Duration.ofSeconds(-1)));
	}

}
