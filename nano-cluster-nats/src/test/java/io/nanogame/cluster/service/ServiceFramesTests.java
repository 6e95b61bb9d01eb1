package io.nanogame.cluster.service;

import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.Random;

import io.nanogame.cluster.service.CallFrame.Kind;
import io.nanogame.service.ServiceException;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class ServiceFramesTests {

	private static final CallFrame CALL = call(0);

	private static CallFrame call(long fence) {
		return new CallFrame(Kind.CALL, "gäte-1x", Long.MAX_VALUE, 5000, fence, new CallFrame.Invocation("pay",
				Map.of("traceparent", "00-ä"), Arrays.asList(new byte[] { 1, 2 }, null, new byte[0])));
	}

	@Test
	void aCallIsReadAsItWasWritten() throws Exception {
		CallFrame read = CallFrame.read(CALL.write());
		assertThat(read).usingRecursiveComparison().isEqualTo(CALL);
	}

	@Test
	void aCancelIsReadAsItWasWritten() throws Exception {
		CallFrame cancel = CallFrame.cancel("gate", 7);
		assertThat(CallFrame.read(cancel.write())).isEqualTo(cancel);
	}

	@Test
	void anAnswerIsReadAsItWasWritten() throws Exception {
		AnswerFrame nothing = AnswerFrame.read(AnswerFrame.of((byte[]) null).write());
		assertThat(nothing.value()).isNull();
		assertThat(nothing.failure()).isNull();
		assertThat(AnswerFrame.read(AnswerFrame.of(new byte[] { 3 }).write()).value()).containsExactly(3);
		ServiceException failure = AnswerFrame.read(AnswerFrame.of(new ServiceException(409, "nö")).write()).failure();
		assertThat(failure).hasMessage("nö");
		assertThat(failure.code()).isEqualTo(409);
	}

	@Test
	void theFenceOfAClaimedInstanceIsReadAsItWasWritten() throws Exception {
		assertThat(CallFrame.read(call(7).write())).usingRecursiveComparison().isEqualTo(call(7));
		assertThat(AnswerFrame.read(AnswerFrame.of((byte[]) null).withFence(8).write()).fence()).isEqualTo(8);
		assertThat(AnswerFrame.read(AnswerFrame.of((byte[]) null).write()).fence()).isZero();
	}

	@Test
	void aCallThatIsCutOffIsRefused() {
		byte[] whole = CALL.write();
		for (int length = 0; length < whole.length; length++) {
			byte[] part = Arrays.copyOf(whole, length);
			assertThatExceptionOfType(IOException.class).isThrownBy(() -> CallFrame.read(part));
		}
	}

	@Test
	void anotherVersionIsRefused() {
		byte[] other = CALL.write();
		other[0] = 9;
		assertThatExceptionOfType(IOException.class).isThrownBy(() -> CallFrame.read(other))
			.withMessage("Kind 1 of version 9 is not known here");
	}

	@Test
	void rubbishIsReadOrRefusedAndNothingElse() {
		Random random = new Random(5);
		for (int i = 0; i < 20_000; i++) {
			byte[] changed = CALL.write();
			changed[random.nextInt(changed.length)] = (byte) random.nextInt();
			try {
				CallFrame.read(changed);
				AnswerFrame.read(changed);
			}
			catch (IOException expected) {
				assertThat(expected).isNotNull();
			}
		}
	}

}
