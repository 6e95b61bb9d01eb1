package io.nanogame.connection;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.spi.IThrowableProxy;
import io.nanogame.protocol.Acknowledgement;
import io.nanogame.resume.ResumeOutcome;
import io.nanogame.resume.ResumeSettings;
import io.nanogame.server.RecordedLog;
import io.nanogame.server.TestServer;
import io.nanogame.session.CloseReason;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * What hostile clients achieve with tokens, counts and loops of resumes. No token is
 * logged meanwhile, at any level.
 */
class ResumeAttackTests {

	private static final int MAX_BYTES = 10_000;

	private static final Pattern TOKEN = Pattern.compile("\"token\":\"([^\"]+)\"");

	private static final byte[] ACK = RawClient.packet(2, new byte[0]);

	private final RecordedLog log = new RecordedLog(Level.TRACE,
			(event) -> Stream.of(event.getFormattedMessage() + text(event.getThrowableProxy())));

	private final StillServer server = new StillServer(TestServer.settings((it) -> it.heartbeat(Duration.ofMinutes(10))
		.resume(new ResumeSettings(Duration.ofSeconds(30), MAX_BYTES, 100, 1 << 20))), LoginPolicy.SEVERAL);

	private final StillServer.Client owner = connect("{}");

	private final Session session = this.server.session();

	private static String text(IThrowableProxy failure) {
		return (failure != null) ? " " + failure.getMessage() + text(failure.getCause()) : "";
	}

	@AfterEach
	void noTokenIsLogged() {
		this.log.close();
		// The first characters are the id of the session, which is no secret.
		assertThat(this.log.lines()).noneMatch((line) -> line.contains(token(this.owner).substring(12)));
	}

	/** Sends a handshake without its acknowledgement. */
	private StillServer.Client claim(String resume) {
		StillServer.Client client = this.server.connect();
		client
			.send(RawClient.packet(1, "{\"sys\":{\"resume\":%s}}".formatted(resume).getBytes(StandardCharsets.UTF_8)));
		this.server.finish();
		return client;
	}

	private StillServer.Client connect(String resume) {
		StillServer.Client client = claim(resume);
		client.send(ACK);
		this.server.finish();
		return client;
	}

	private static String resume(String token, Object received) {
		return "{\"token\":\"%s\",\"received\":%s}".formatted(token, received);
	}

	/** The newest token that a client was sent. */
	private static String token(StillServer.Client client) {
		List<MatchResult> tokens = TOKEN.matcher(client.text()).results().toList();
		return tokens.get(tokens.size() - 1).group(1);
	}

	private static String state(StillServer.Client client) {
		return client.text().replaceAll("(?s).*\"state\":\"([a-z]+)\".*", "$1");
	}

	private void assertUntouched() {
		assertThat(this.owner.isClosed()).isFalse();
		assertThat(this.session.isConnected()).isTrue();
	}

	// Tokens

	@Test
	void aGuessedTokenLeavesTheSessionAlone() {
		String token = token(this.owner);
		for (int i = 12; i < token.length(); i++) {
			String guess = token.substring(0, i) + ((token.charAt(i) == 'A') ? 'B' : 'A') + token.substring(i + 1);
			StillServer.Client thief = connect(resume(guess, 0));
			assertThat(state(thief)).as("character %d", i).isEqualTo("lost");
			assertThat(thief.text()).doesNotContain("\"code\":\"");
		}
		assertUntouched();
		assertThat(this.server.resumable().count(ResumeOutcome.UNKNOWN_TOKEN)).isEqualTo(20);
	}

	@Test
	void theSecretOfAnotherSessionOpensOnlyThatOne() {
		StillServer.Client thief = connect("{}");
		String mixed = token(this.owner).substring(0, 11) + token(thief).substring(11);
		assertThat(state(connect(resume(mixed, 0)))).isEqualTo("lost");
		assertUntouched();
	}

	@ParameterizedTest
	@MethodSource
	void aMalformedTokenIsOfNoSession(String token) {
		assertThat(state(connect(resume(token, 0)))).isEqualTo("lost");
		assertUntouched();
	}

	static Stream<String> aMalformedTokenIsOfNoSession() {
		return Stream.of("x", "A".repeat(31), "A".repeat(33), "!".repeat(32), "A".repeat(30) + "==", "ä".repeat(32),
				"\\u0000".repeat(32), "/+".repeat(16), "A".repeat(128));
	}

	@ParameterizedTest
	@MethodSource
	void aHandshakeWithAnImpossibleFieldIsRejected(String resume) {
		StillServer.Client client = claim(resume);
		assertThat(client.text()).contains("\"code\":500").doesNotContain("AAAA");
		assertThat(client.isClosed()).isTrue();
		assertUntouched();
	}

	static Stream<String> aHandshakeWithAnImpossibleFieldIsRejected() {
		return Stream.of(resume("A".repeat(129), 0), resume("A".repeat(4000), 0), "{\"token\":7,\"received\":0}",
				"{\"token\":[\"AAAA\"],\"received\":0}", "{\"token\":\"AAAA\"}", "\"AAAA\"", "[]",
				resume("A".repeat(32), -1), resume("A".repeat(32), Long.MIN_VALUE), resume("A".repeat(32), "1.5"),
				resume("A".repeat(32), "9223372036854775808"), resume("A".repeat(32), "1" + "0".repeat(100)),
				resume("A".repeat(32), "\"1\""), "{\"token\":\"AAAA");
	}

	@Test
	void aTokenIsValidOnceItsSuccessorIsConfirmedNoMore() {
		String first = token(this.owner);
		StillServer.Client second = connect(resume(first, 0));
		assertThat(state(second)).isEqualTo("resumed");
		assertThat(state(connect(resume(first, 0)))).isEqualTo("lost");
		assertThat(second.isClosed()).isFalse();
	}

	@Test
	void aTokenIsNotValidAfterALaterOneWasClaimed() {
		String first = token(this.owner);
		String second = token(claim(resume(first, 0)));
		StillServer.Client third = claim(resume(second, 0));
		assertThat(state(third)).isEqualTo("resumed");
		assertThat(state(connect(resume(first, 0)))).isEqualTo("lost");
		third.send(ACK);
		assertThat(this.session.isConnected()).isTrue();
		assertThat(third.isClosed()).isFalse();
	}

	/** A thief who only sends the handshake does not lock out the client. */
	@Test
	void theOwnerResumesAfterAThiefWhoDidNotConfirm() {
		String token = token(this.owner);
		StillServer.Client thief = claim(resume(token, 0));
		assertThat(state(thief)).isEqualTo("resumed");
		assertThat(this.owner.isClosed()).isTrue();
		StillServer.Client again = connect(resume(token, 0));
		assertThat(state(again)).isEqualTo("resumed");
		assertThat(thief.isClosed()).isTrue();
		thief.send(ACK);
		assertThat(this.session.isConnected()).isTrue();
		assertThat(again.isClosed()).isFalse();
	}

	/**
	 * A token is the session. Its owner notices the theft: its connection is closed, and
	 * its token is not valid any more.
	 */
	@Test
	void aStolenTokenTakesTheSessionAndTheOwnerLosesIt() {
		String token = token(this.owner);
		StillServer.Client thief = connect(resume(token, 0));
		assertThat(this.owner.isClosed()).isTrue();
		StillServer.Client again = connect(resume(token, 0));
		assertThat(state(again)).isEqualTo("lost");
		assertThat(thief.isClosed()).isFalse();
		assertThat(this.session.isConnected()).isTrue();
	}

	@Test
	void theTokenOfALostSessionIsUnknown() {
		this.owner.send(RawClient.packet(5, new byte[0]));
		this.server.finish();
		StillServer.Client late = connect(resume(token(this.owner), 0));
		assertThat(state(late)).isEqualTo("lost");
		assertThat(late.text()).doesNotContain("\"code\":\"");
	}

	// Counts

	@ParameterizedTest
	@ValueSource(longs = { 1, 1000, Long.MAX_VALUE })
	void aClaimFromTheFutureEndsTheSession(long received) {
		StillServer.Client client = connect(resume(token(this.owner), received));
		assertThat(state(client)).isEqualTo("lost");
		assertThat(client.text()).contains("\"code\":\"protocol-error\"");
		assertThat(this.session.closeReason().code()).isEqualTo(CloseReason.PROTOCOL_ERROR.code());
		assertThat(this.server.resumable().bytes()).isZero();
	}

	@Test
	void aClientThatNeverConfirmsKeepsNoMoreThanTheLimit() {
		for (int i = 0; i < 1000; i++) {
			this.session.push("onPush", "x".repeat(100));
			this.server.finish();
			assertThat(this.server.resumable().bytes()).isLessThanOrEqualTo(MAX_BYTES);
		}
		assertUntouched();
		this.owner.cut();
		this.server.finish();
		assertThat(state(connect(resume(token(this.owner), 0)))).isEqualTo("lost");
		assertThat(this.server.resumable().count(ResumeOutcome.OVERFLOW)).isOne();
		assertThat(this.server.resumable().count(ResumeOutcome.RESUMED)).isZero();
	}

	@Test
	void aFloodOfHeartbeatsHasOneReplyForEachRead() {
		this.owner.send(1000, Acknowledgement.packet(0));
		this.server.finish();
		assertThat(this.owner.packets(3)).isOne();
		this.session.push("onPush", "1");
		this.server.finish();
		this.owner.send(Acknowledgement.packet(0), Acknowledgement.packet(1), Acknowledgement.packet(1));
		this.server.finish();
		assertThat(this.owner.packets(3)).isEqualTo(2);
		assertThat(this.server.resumable().bytes()).isZero();
	}

	// Loops

	@Test
	void aLoopOfResumesLeavesNothingBehind() {
		StillServer.Client last = this.owner;
		for (int i = 0; i < 1000; i++) {
			last = connect(resume(token(last), 0));
			assertThat(state(last)).isEqualTo("resumed");
		}
		assertThat(this.server.connections().count()).isLessThanOrEqualTo(2);
		assertThat(this.server.sessions.count()).isOne();
		assertThat(this.server.resumable().detachedCount()).isZero();
	}

	/** Or each attempt would queue further calls of the listeners. */
	@Test
	void aLoopOfResumesWaitsForTheListeners() {
		this.server.sessions.addListener(new SessionListener() {
		});
		StillServer.Client last = this.owner;
		int resumed = 0;
		for (int i = 0; i < 100; i++) {
			last = connectWithoutWorkers(resume(token(last), 0));
			if (last.text().contains("\"code\":503")) {
				break;
			}
			resumed++;
		}
		assertThat(resumed).isBetween(50, 64);
		assertThat(last.isClosed()).isTrue();
		this.server.finish();
		assertThat(this.session.isOpen()).isTrue();
	}

	private StillServer.Client connectWithoutWorkers(String resume) {
		StillServer.Client client = this.server.connect();
		client
			.send(RawClient.packet(1, "{\"sys\":{\"resume\":%s}}".formatted(resume).getBytes(StandardCharsets.UTF_8)));
		this.server.runTurns();
		client.send(ACK);
		this.server.runTurns();
		return client;
	}

}
