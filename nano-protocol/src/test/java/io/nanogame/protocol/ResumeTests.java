package io.nanogame.protocol;

import java.nio.charset.StandardCharsets;

import io.netty.buffer.Unpooled;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

import io.nanogame.protocol.ProtocolException.Reason;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The fields of handshakes and the heartbeats of sessions that can be resumed.
 */
class ResumeTests {

	private static HandshakeRequest request(String sys) {
		return HandshakeRequest.parse(bytes("{\"sys\":" + sys + "}"));
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String text(byte[] bytes) {
		return new String(bytes, StandardCharsets.UTF_8);
	}

	private static byte[] reply(ResumeReply resume) {
		return bytes("{\"code\":200,\"sys\":{\"heartbeat\":30,\"resume\":" + text(resume.toJson()) + "}}");
	}

	@Test
	void aClientThatCannotResumeSendsNoField() {
		assertThat(request("{\"type\":\"js-websocket\"}").resume()).isNull();
		assertThat(request("{\"resume\":null}").resume()).isNull();
		assertThat(HandshakeRequest.parse(new byte[0]).resume()).isNull();
		assertThat(text(HandshakeRequest.of(ClientInfo.UNKNOWN, null).toJson())).isEqualTo("{\"sys\":{}}");
	}

	@Test
	void aClientAsksForANewSession() {
		byte[] json = new HandshakeRequest(ClientInfo.UNKNOWN, UserPart.NONE, ResumeRequest.NEW).toJson();
		assertThat(text(json)).isEqualTo("{\"sys\":{\"resume\":{}}}");
		assertThat(HandshakeRequest.parse(json).resume()).isEqualTo(ResumeRequest.NEW);
		assertThat(ResumeRequest.NEW.isResume()).isFalse();
	}

	@Test
	void aClientAsksForItsFormerSession() {
		ResumeRequest resume = new ResumeRequest("abc", 17);
		byte[] json = new HandshakeRequest(ClientInfo.UNKNOWN, UserPart.NONE, resume).toJson();
		assertThat(text(json)).isEqualTo("{\"sys\":{\"resume\":{\"token\":\"abc\",\"received\":17}}}");
		assertThat(HandshakeRequest.parse(json).resume()).isEqualTo(resume);
		assertThat(resume.isResume()).isTrue();
	}

	@Test
	void theFieldIsParsedAlone() {
		assertThat(ResumeRequest.parse(bytes("{}"))).isEqualTo(ResumeRequest.NEW);
		assertThat(ResumeRequest.parse(bytes("{\"received\":17,\"token\":\"abc\"}")))
			.isEqualTo(new ResumeRequest("abc", 17));
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "[]", "true", "{\"token\":1,\"received\":0}", "{\"token\":null,\"received\":0}",
			"{\"token\":\"a\"}", "{\"token\":\"a\",\"received\":-1}", "{\"token\":\"a\",\"received\":1.5}",
			"{\"token\":\"a\",\"received\":\"1\"}", "{\"token\":\"a\",\"received\":9223372036854775808}" })
	void requestsOfAnotherFormAreRejected(String resume) {
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> request("{\"resume\":" + resume + "}"))
			.extracting(ProtocolException::reason)
			.isEqualTo(Reason.BAD_HANDSHAKE);
		assertThatExceptionOfType(ProtocolException.class).isThrownBy(() -> ResumeRequest.parse(bytes(resume)))
			.extracting(ProtocolException::reason)
			.isEqualTo(Reason.BAD_HANDSHAKE);
	}

	@Test
	void aTokenThatIsLongerThanAnyIsRejected() {
		String token = "a".repeat(129);
		assertThatExceptionOfType(ProtocolException.class)
			.isThrownBy(() -> request("{\"resume\":{\"token\":\"" + token + "\",\"received\":0}}"));
	}

	@ParameterizedTest
	@EnumSource
	void theReplyContainsTheState(ResumeReply.State state) {
		ResumeReply resume = ResumeReply.of("abc", 30, state, 17);
		assertThat(ResumeReply.parse(reply(resume))).isEqualTo(resume);
	}

	@Test
	void theReplyHasThisForm() {
		assertThat(text(ResumeReply.of("abc", 30, ResumeReply.State.RESUMED, 17).toJson()))
			.isEqualTo("{\"token\":\"abc\",\"window\":30,\"state\":\"resumed\",\"received\":17}");
		ResumeReply lost = new ResumeReply("abc", 30, ResumeReply.State.LOST, 0, "kicked", "cheating");
		assertThat(text(lost.toJson())).isEqualTo("{\"token\":\"abc\",\"window\":30,\"state\":\"lost\",\"received\":0,"
				+ "\"code\":\"kicked\",\"reason\":\"cheating\"}");
		assertThat(ResumeReply.parse(reply(lost))).isEqualTo(lost);
	}

	@ParameterizedTest
	@CsvSource({ "LOST, kick, true", "LOST, replaced, true", "LOST, closed, false", "LOST, '', false",
			"RESUMED, kick, false" })
	void aSessionThatWasLostByAKickIsAKick(ResumeReply.State state, String code, boolean kick) {
		assertThat(new ResumeReply("abc", 30, state, 0, code, "enough").isKick()).isEqualTo(kick);
	}

	@Test
	void aServerThatCannotResumeSendsNoField() {
		assertThat(ResumeReply.parse(bytes("{\"code\":200,\"sys\":{}}"))).isNull();
		assertThat(ResumeReply.parse(bytes("{\"code\":200}"))).isNull();
	}

	@ParameterizedTest
	@ValueSource(strings = { "1", "{}", "{\"token\":\"a\",\"window\":30,\"state\":\"other\",\"received\":0}",
			"{\"token\":\"a\",\"window\":30,\"state\":\"new\"}", "{\"token\":\"a\",\"state\":\"new\",\"received\":0}",
			"{\"token\":\"a\",\"window\":30,\"state\":\"new\",\"received\":-1}" })
	void repliesOfAnotherFormAreRejected(String resume) {
		assertThatExceptionOfType(ProtocolException.class)
			.isThrownBy(() -> ResumeReply.parse(bytes("{\"code\":200,\"sys\":{\"resume\":" + resume + "}}")))
			.extracting(ProtocolException::reason)
			.isEqualTo(Reason.BAD_HANDSHAKE);
	}

	@Test
	void aServerThatCompressesItsReplyCannotResume() {
		assertThat(ResumeReply.parse(new byte[] { 0x78, 1, 2 })).isNull();
		assertThat(ResumeReply.parseRetry(new byte[] { 0x78, 1, 2 })).isNull();
	}

	@Test
	void aRejectionMayContainTheTimeToTryAgain() {
		assertThat(ResumeReply.parseRetry(bytes("{\"code\":503,\"sys\":{\"retry\":2}}"))).hasSeconds(2);
		assertThat(ResumeReply.parseRetry(bytes("{\"code\":503,\"sys\":{\"retry\":0.25}}"))).hasMillis(250);
		for (String sys : new String[] { "{}", "{\"retry\":-1}", "{\"retry\":\"1\"}", "{\"retry\":1e300}" }) {
			assertThat(ResumeReply.parseRetry(bytes("{\"code\":503,\"sys\":" + sys + "}"))).isNull();
		}
	}

	@Test
	void tokensAreNotInTheText() {
		assertThat(new ResumeRequest("s3cr3t", 1)).asString().doesNotContain("s3cr3t");
		assertThat(ResumeReply.of("s3cr3t", 30, ResumeReply.State.NEW, 0)).asString().doesNotContain("s3cr3t");
	}

	@Test
	void anAcknowledgementIsANumberOfEightBytes() {
		assertThat(Acknowledgement.packet(0x0102030405060708L)).containsExactly(3, 0, 0, 8, 1, 2, 3, 4, 5, 6, 7, 8);
	}

	@ParameterizedTest
	@ValueSource(longs = { 0, 1, 255, 256, 0xFFFF_FFFFL, Long.MAX_VALUE })
	void anAcknowledgementIsRead(long received) {
		byte[] packet = Acknowledgement.packet(received);
		assertThat(Acknowledgement.read(Unpooled.wrappedBuffer(packet, 4, 8), 8)).isEqualTo(received);
	}

	@Test
	void anotherBodyIsNoAcknowledgement() {
		byte[] body = new byte[9];
		for (int length : new int[] { 0, 1, 7, 9 }) {
			assertThatExceptionOfType(ProtocolException.class)
				.isThrownBy(() -> Acknowledgement.read(Unpooled.wrappedBuffer(body), length))
				.extracting(ProtocolException::reason)
				.isEqualTo(Reason.BAD_ACKNOWLEDGEMENT);
		}
		body[0] = (byte) 0x80;
		assertThatExceptionOfType(ProtocolException.class)
			.isThrownBy(() -> Acknowledgement.read(Unpooled.wrappedBuffer(body), 8));
	}

}
