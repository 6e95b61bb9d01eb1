package io.nanogame.server;

import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicReference;

import io.nanogame.group.Group;
import io.nanogame.lengthid.LengthIdProtocol;
import io.nanogame.net.Listener;
import io.nanogame.pipeline.OutboundInterceptor;
import io.nanogame.protocol.LengthIdFormat;
import io.nanogame.protocol.LengthIdFormat.Counts;
import io.nanogame.protocol.MessageType;
import io.nanogame.route.RequestException;
import io.nanogame.session.Brackets;
import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.session.HandshakeValidator;
import io.nanogame.session.OutboundMessage;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawLengthIdClient;
import io.nanogame.user.LocalUsers;
import io.nanogame.user.Users;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * What clients of the protocol {@code length-id} receive when a message is replaced,
 * rejected, too long, or has no id.
 */
class LengthIdOutputTests {

	private static final Map<String, Long> IDS = Map.of("test.echo", 1L, "test.fastEcho", 2L, "test.silent", 3L,
			"test.fail", 4L, "test.kick", 5L, "test.join", 6L, "test.long", 7L, "onNews", 12L);

	private static final long ERROR = 100;

	private static final LengthIdFormat SMALL = new LengthIdFormat(false, 1, 1, false, Counts.BODY);

	private final TestServer server = new TestServer();

	private final Group lobby = this.server.groups.create("lobby");

	private final AtomicReference<OutboundInterceptor> interceptor = new AtomicReference<>(
			(session, message) -> message);

	LengthIdOutputTests() {
		this.server.with((builder) -> builder
			.outboundInterceptors(List.of((session, message) -> this.interceptor.get().intercept(session, message))));
		this.server.lane("test.silent", (request) -> null).lane("test.fail", (request) -> {
			throw new RequestException(418, "x".repeat(300));
		}).lane("test.kick", (request) -> {
			request.session().kick("x".repeat(300));
			return null;
		}).lane("test.join", (request) -> {
			this.lobby.add(request.session());
			request.session().bind("ann");
			return "joined";
		}).lane("test.long", (request) -> "x".repeat(300));
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	private RawLengthIdClient start(LengthIdFormat format) {
		this.server.lengthId(format, IDS, ERROR).listener((it) -> Line.TCP.only(LengthIdProtocol.NAME)).start();
		return Line.TCP.connectLengthId(this.server.port(), 0);
	}

	private RawLengthIdClient start() {
		return start(LengthIdFormat.defaults());
	}

	@Test
	void anotherReplyThanThatOfTheRequestIsRejected() {
		try (RawLengthIdClient client = start()) {
			List<OutboundInterceptor> replacing = List.of(
					(session, message) -> OutboundMessage.response(message.id() + 1, message.route(), "x", false,
							session.payloads()),
					(session, message) -> OutboundMessage.response(message.id(), "test.other", "x", false,
							session.payloads()),
					(session, message) -> OutboundMessage.push("onNews", "x", session.payloads()),
					(session, message) -> null, (session, message) -> {
						throw new IllegalStateException("expected by this test");
					});
			for (OutboundInterceptor next : replacing) {
				this.interceptor.set(next);
				client.send(1, "1");
				assertThat(client.read()).hasToString(ERROR + " {\"code\":500,\"msg\":\"answer refused\"}");
				this.interceptor.set((session, message) -> message);
				client.send(2, "2");
				assertThat(client.read()).hasToString("2 2");
			}
		}
	}

	@Test
	void anErrorThatIsLongerThanAPacketHasNoText() {
		try (RawLengthIdClient client = start(SMALL)) {
			client.wire().sendHex("00 04 01 01 31 00 05");
			assertThat(client.wire().readText()).isEqualTo(
					"\u0015d{\"code\":418,\"msg\":\"\"}" + "\u0001\u00011" + "\u0015d{\"code\":403,\"msg\":\"\"}");
		}
	}

	@Test
	void aRejectionThatIsLongerThanAPacketHasNoText() {
		this.server.with((builder) -> builder.handshakeValidators(List.of((HandshakeValidator) (handshake) -> {
			throw new HandshakeRefusedException(401, "x".repeat(300));
		})));
		try (RawLengthIdClient client = start(SMALL)) {
			client.wire().sendHex("00 01");
			assertThat(client.wire().readText()).isEqualTo("\u0015d{\"code\":401,\"msg\":\"\"}");
		}
	}

	@Test
	void aReplacedPushThatIsLongerThanAPacketIsNotSent() {
		try (RawLengthIdClient client = start(SMALL)) {
			client.wire().sendHex("00 06");
			await().until(() -> this.lobby.count() == 1);
			this.interceptor.set((session, message) -> message.value().equals("long")
					? message.withValue("x".repeat(300)) : message);
			this.lobby.broadcast("onNews", "long");
			this.lobby.broadcast("onNews", "short");
			await().until(() -> this.server.server().traffic().sent(MessageType.PUSH) > 0);
			client.wire().finish();
			assertThat(client.wire().readText()).isEqualTo("\u0008\u0006\"joined\"\u0007\u000c\"short\"");
		}
	}

	@Test
	void aPlayerReceivesAPushOnTheConnectionsThatHaveAnIdForIt() {
		this.server.beside(named("pomelo")).loop("test.login", (request) -> {
			request.session().bind("ann");
			return "hello";
		});
		try (RawLengthIdClient numbers = start();
				RawClient pomelo = RawClient.tcp(this.server.server().port("pomelo")).handshake()) {
			assertThat(numbers.send(6, "").read()).hasToString("6 \"joined\"");
			pomelo.request(1, "test.login", "").readResponse(1);
			Users users = new LocalUsers(this.server.sessions, this.server.payloads);
			users.push("ann", "onOther", "first");
			users.push("ann", "onNews", "second");
			assertThat(pomelo.readPush("onOther")).isEqualTo("\"first\"");
			assertThat(pomelo.readPush("onNews")).isEqualTo("\"second\"");
			assertThat(numbers.read()).hasToString("12 \"second\"");
		}
	}

	private static Listener named(String name) {
		Listener any = Listener.at(new InetSocketAddress("127.0.0.1", 0));
		return new Listener(name, any.address(), any.settings(), any.tls(), any.proxies(), 0, false);
	}

	@Test
	void theSerializerOfTheSessionWritesErrorsAndEmptyReplies() {
		this.server.with((builder) -> builder.serializers(List.of(new Brackets("brackets")))
			.handshakeValidators(List.of((HandshakeValidator) (handshake) -> handshake.serializer("brackets"))));
		try (RawLengthIdClient client = start(SMALL)) {
			client.wire().sendHex("00 03 00 07 02 01 5b 5d 00 09").finish();
			assertThat(client.wire().readText())
				.isEqualTo("\u0010d[internal error]\u0002\u0001[]\u000fd[no such route]");
		}
	}

}
