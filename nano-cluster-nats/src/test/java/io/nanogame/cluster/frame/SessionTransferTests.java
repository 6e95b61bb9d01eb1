package io.nanogame.cluster.frame;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;

import io.nanogame.cluster.frame.BackendFrame.SessionSnapshot;
import io.nanogame.cluster.frame.SessionTransfer.ChosenNode;
import io.nanogame.cluster.frame.SessionTransfer.Routes;
import io.nanogame.resume.ResumeState;
import io.nanogame.resume.ResumeToken;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.FieldSource;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A gateway reads the session that another one has written, and fails with a
 * {@link FrameException} for all other bytes.
 */
class SessionTransferTests {

	private static final Payloads PAYLOADS = new Payloads(new JsonSerializer(JsonMapper.shared()));

	private static final Map<String, Frame> SAMPLES = Samples.frames(PAYLOADS);

	static final List<SessionTransfer> TRANSFERS = List.of(transfer("session snapshot",
			List.of(new ResumeToken(Samples.SESSION, Long.MIN_VALUE, -1), new ResumeToken(Samples.SESSION + 1, 0, 1)),
			List.of(new ResumeState.Packet(new byte[0], false), new ResumeState.Packet(new byte[] { 4, 0, -1 }, true))),
			transfer("session snapshot, IPv6", List.of(new ResumeToken(1, 2, 3)), List.of()),
			new SessionTransfer((SessionSnapshot) SAMPLES.get("session snapshot, nothing known"),
					new ResumeState("", List.of(), 0, 0, 0, List.of(), true), new Routes(Map.of(), Map.of(), 0),
					List.of(), 0, 1, Map.of()));

	private final FrameCodec codec = new FrameCodec(PAYLOADS);

	private static SessionTransfer transfer(String snapshot, List<ResumeToken> tokens,
			List<ResumeState.Packet> packets) {
		return new SessionTransfer((SessionSnapshot) SAMPLES.get(snapshot),
				new ResumeState("pomelo", tokens, 1L << 40, 300, 299, packets, false),
				new Routes(
						Map.of("room", new ChosenNode("room-1", true), "chat",
								new ChosenNode("hall-" + Samples.TEXT, false)),
						Map.of("room-1", 5L, "hall-2", 0L), 300),
				List.of("lobby", Samples.TEXT), Long.MAX_VALUE, 7,
				Map.of("room-1", new long[] { 300, -1 }, "hall-2", new long[] { 0, 0 }));
	}

	@ParameterizedTest
	@FieldSource("TRANSFERS")
	void aSessionIsReadAsItWasWritten(SessionTransfer transfer) {
		assertThat(SessionTransfer.read(transfer.toBytes(), this.codec)).usingRecursiveComparison()
			.ignoringCollectionOrderInFields("snapshot.login.authorities")
			.isEqualTo(transfer);
	}

	@ParameterizedTest
	@FieldSource("TRANSFERS")
	void aPartOfASessionIsAFrameException(SessionTransfer transfer) {
		byte[] bytes = transfer.toBytes();
		assertThat(IntStream.range(0, bytes.length))
			.allSatisfy((length) -> expectFailure(Arrays.copyOf(bytes, length)));
	}

	private void expectFailure(byte[] bytes) {
		assertThatExceptionOfType(FrameException.class).isThrownBy(() -> SessionTransfer.read(bytes, this.codec));
	}

	@Test
	void anotherFrameThanASnapshotIsAFrameException() {
		byte[] frame = SAMPLES.get("push").toBytes();
		byte[] bytes = new byte[frame.length + 1];
		bytes[0] = (byte) frame.length;
		System.arraycopy(frame, 0, bytes, 1, frame.length);
		expectFailure(bytes);
	}

	@ParameterizedTest
	@FieldSource("TRANSFERS")
	void aDamagedSessionIsAFrameException(SessionTransfer transfer) {
		Random random = new Random(1);
		for (int i = 0; i < 5000; i++) {
			byte[] bytes = transfer.toBytes();
			for (int j = 0; j <= i % 4; j++) {
				bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
			}
			readAnything(bytes);
		}
	}

	@Test
	void randomBytesAreAFrameException() {
		Random random = new Random(1);
		for (int i = 0; i < 20_000; i++) {
			byte[] bytes = new byte[random.nextInt(80)];
			random.nextBytes(bytes);
			readAnything(bytes);
		}
	}

	/** Random bytes may be a session. */
	private void readAnything(byte[] bytes) {
		try {
			SessionTransfer.read(bytes, this.codec);
		}
		catch (FrameException ex) {
			assertThat(ex).hasMessageStartingWith("Not a ");
		}
	}

}
