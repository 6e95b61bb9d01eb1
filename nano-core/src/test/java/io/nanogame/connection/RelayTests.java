package io.nanogame.connection;

import java.nio.charset.StandardCharsets;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.nanogame.route.Route;
import io.nanogame.route.Threading;
import io.nanogame.server.TestServer;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A session whose client has resumed it with a socket of another loop. The test
 * determines which loop goes first.
 */
class RelayTests {

	private final StillServer server = new StillServer(TestServer.settings((it) -> it),
			Route.of("loop.wait", (request) -> new CompletableFuture<>()).on(Threading.EVENT_LOOP));

	private StillServer.Client client;

	@BeforeEach
	void resume() {
		StillServer.Client first = this.server.connect();
		first.send(handshake("{}"), RawClient.packet(2, new byte[0]));
		this.server.runTurns();
		Matcher token = Pattern.compile("\"token\":\"([^\"]+)\"").matcher(first.text());
		assertThat(token.find()).isTrue();
		this.client = this.server.connectElsewhere();
		this.client.queue(handshake("{\"token\":\"%s\",\"received\":0}".formatted(token.group(1))));
		runLoops();
		this.client.queue(RawClient.packet(2, new byte[0]));
		runLoops();
		assertThat(this.client.text()).contains("\"state\":\"resumed\"");
		assertThat(this.server.session().isConnected()).isTrue();
	}

	private static byte[] handshake(String resume) {
		return RawClient.packet(1, "{\"sys\":{\"resume\":%s}}".formatted(resume).getBytes(StandardCharsets.UTF_8));
	}

	/** The loop of the socket goes first, until both have done all. */
	private void runLoops() {
		while (this.server.otherLoop.waiting() > 0 || this.server.hasTurn()) {
			this.server.otherLoop.runAll();
			this.server.runTurns();
		}
	}

	private void request() {
		this.client.queue(RawClient.packet(4, RawClient.message(0, 1, "loop.wait", new byte[] { '1' })));
		runLoops();
	}

	@Test
	void aRequestThatTheStopGivesUpIsRepliedTo() {
		request();
		this.server.connections().drain();
		this.server.connections().giveUp(0);
		runLoops();
		assertThat(this.client.text()).contains("408");
		this.server.otherLoop.runAll();
		assertThat(this.client.isClosed()).isTrue();
	}

	@Test
	void aKickFollowsThePushesBeforeIt() {
		this.server.session().push("onPush", "last");
		this.server.session().kick("enough");
		runLoops();
		assertThat(this.client.text()).matches("(?s).*last.*enough.*");
		assertThat(this.client.isClosed()).isTrue();
		assertThat(this.server.sessions.count()).isZero();
	}

	@Test
	void theEndOfTheSocketIsACut() {
		this.client.cut();
		this.server.otherLoop.runAll();
		assertThat(this.server.session().isConnected()).isTrue();
		this.server.runTurns();
		assertThat(this.server.session().isConnected()).isFalse();
		assertThat(this.server.session().isOpen()).isTrue();
	}

}
