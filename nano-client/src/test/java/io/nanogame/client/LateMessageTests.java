package io.nanogame.client;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

import io.nanogame.protocol.ClientInfo;
import io.nanogame.protocol.HandshakeRequest;
import io.nanogame.protocol.HandshakeResponse;
import io.nanogame.protocol.ResumeReply;
import io.nanogame.protocol.ResumeReply.State;
import io.nanogame.protocol.RouteDictionary;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import io.netty.buffer.ByteBuf;
import io.netty.channel.embedded.EmbeddedChannel;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import reactor.core.publisher.Mono;
import reactor.netty.Connection;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Tests of a thread that has found an open session, and sends its message after the
 * session was lost.
 */
class LateMessageTests {

	private static final NanoClientException REASON = new ConnectionLostException("planted", null);

	private final EmbeddedChannel channel = new EmbeddedChannel();

	private final List<String> undelivered = new ArrayList<>();

	private ClientSession session;

	private Link link;

	@AfterEach
	void close() {
		this.channel.finishAndReleaseAll();
	}

	private void open(boolean keepUnsent) {
		ClientSettings settings = settings(ResumeOptions.defaults().withKeepUnsent(keepUnsent));
		Listeners listeners = new Listeners();
		listeners.addForUndelivered((lost) -> this.undelivered.add(new String(lost.body())));
		this.link = new Link(settings, Connection.from(this.channel), new Connector(settings, listeners), listeners,
				null);
		this.session = this.link.session();
		begin();
	}

	private static ClientSettings settings(ResumeOptions resume) {
		return new ClientSettings(ServerAddress.of("tcp://127.0.0.1:1"),
				HandshakeRequest.of(new ClientInfo("test", "1", "", "", ""), null),
				new Payloads(new JsonSerializer(JsonMapper.shared())), Duration.ofSeconds(10), Duration.ofSeconds(10),
				new Backoff(Duration.ofSeconds(1), Duration.ofSeconds(1)), 10, 1000, 1000, 10, null, null, null, null,
				null, resume);
	}

	private void begin() {
		this.session.renew(HandshakeResponse.accepted(0, 0, "json", RouteDictionary.EMPTY, null),
				ResumeReply.of("token", 30, State.NEW, 0));
		this.session.start(this.link, false);
	}

	private void lose() {
		this.session.stop();
		this.session.lose(REASON, false);
	}

	private void notify(String body) {
		this.session.notify("test.notify", body.getBytes());
	}

	/** Returns the ends of the written packets. */
	private List<String> written() {
		List<String> bodies = new ArrayList<>();
		for (ByteBuf packet = this.channel.readOutbound(); packet != null; packet = this.channel.readOutbound()) {
			packet.skipBytes(17);
			bodies.add(packet.toString(StandardCharsets.UTF_8));
			packet.release();
		}
		return bodies;
	}

	@Test
	void aNotificationIsRejectedAndNotSentInTheNextSession() {
		open(false);
		lose();
		assertThatExceptionOfType(NotConnectedException.class).isThrownBy(() -> notify("late"));
		begin();
		notify("new");
		assertThat(written()).containsExactly("new");
		assertThat(this.undelivered).isEmpty();
	}

	@Test
	void aRequestFailsAndIsNotSentInTheNextSession() {
		open(false);
		lose();
		CompletableFuture<Object> late = Mono
			.create((sink) -> this.session.request("test.request", new byte[0], null, Duration.ofSeconds(10), sink))
			.toFuture();
		assertThat(late).failsWithin(Duration.ZERO)
			.withThrowableThat()
			.withCauseInstanceOf(NotConnectedException.class);
		begin();
		assertThat(written()).isEmpty();
	}

	@Test
	void aNotificationWaitsWithTheOthersIfUnsentMessagesAreKept() {
		open(true);
		this.session.stop();
		notify("in time");
		lose();
		notify("late");
		begin();
		assertThat(written()).containsExactly("in time", "late");
	}

}
