package io.nanogame.session;

import java.util.List;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class CloseReasonTests {

	private static final List<CloseReason> ALL = List.of(CloseReason.CLIENT_CLOSED, CloseReason.CLOSED,
			CloseReason.REPLACED, CloseReason.ALREADY_LOGGED_IN, CloseReason.LOGIN_UNCHECKED, CloseReason.SESSION_LOST,
			CloseReason.SHUTDOWN, CloseReason.HEARTBEAT_TIMEOUT, CloseReason.IDLE_TIMEOUT, CloseReason.PACKET_TIMEOUT,
			CloseReason.HANDSHAKE_TIMEOUT, CloseReason.HANDSHAKE_REFUSED, CloseReason.NO_HANDSHAKE,
			CloseReason.SLOW_CONSUMER, CloseReason.PROTOCOL_ERROR, CloseReason.TLS_REQUIRED, CloseReason.TLS_FAILED,
			CloseReason.INVALID_TEXT, CloseReason.MESSAGE_TOO_LARGE, CloseReason.MESSAGE_FAILED,
			CloseReason.SERVER_ERROR, CloseReason.TOO_MANY_CONNECTIONS, CloseReason.ADDRESS_DENIED,
			CloseReason.TOO_MANY_REQUESTS, CloseReason.RESUME_LIMIT, CloseReason.RESUMED_ELSEWHERE,
			CloseReason.kick("bye"));

	@Test
	void everyEndingHasItsOwnNameThatCanBeAMetricTag() {
		assertThat(ALL).extracting(CloseReason::code)
			.doesNotHaveDuplicates()
			.allMatch((code) -> code.matches("[a-z-]+"));
		assertThat(ALL).extracting(CloseReason::message).doesNotContain("");
	}

	@Test
	void allCodesAreListedForThoseWhoCountEndings() {
		assertThat(CloseReason.codes())
			.containsExactlyInAnyOrderElementsOf(ALL.stream().map(CloseReason::code).toList());
	}

	@Test
	void otherWordsAreTheSameEnding() {
		CloseReason reason = CloseReason.SHUTDOWN.withMessage("back at noon");
		assertThat(reason).isEqualTo(new CloseReason("shutdown", "back at noon", true));
	}

	@Test
	void whoIsKickedDoesNotDoWellToComeBack() {
		assertThat(CloseReason.kick("cheating")).isEqualTo(new CloseReason("kick", "cheating", false));
	}

	@Test
	void aReasonOfTheGameHasACloseCodeInTheRangeOfPrivateUse() {
		assertThat(CloseReason.webSocket(4000, "bye").webSocketStatus()).isEqualTo(4000);
		assertThat(CloseReason.webSocket(4999, "bye")).isEqualTo(new CloseReason("websocket-4999", "bye", false));
		assertThat(ALL).allMatch((reason) -> reason.webSocketStatus() == 0);
		assertThatIllegalArgumentException().isThrownBy(() -> CloseReason.webSocket(1000, "bye"));
	}

	@Test
	void aClientThatClosesWithATextIsStillTheOneThatCloses() {
		assertThat(CloseReason.CLIENT_CLOSED.withMessage("4001 bye").isByClient()).isTrue();
		assertThat(CloseReason.CLOSED.isByClient()).isFalse();
	}

}
