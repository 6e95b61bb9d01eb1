package io.nanogame.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.TestSessions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class OutboundInterceptorsTests {

	private final TestSessions sessions = new TestSessions();

	private final Session session = this.sessions.open();

	private final OutboundMessage push = OutboundMessage.push("onNews", "news", this.sessions.payloads);

	private final OutboundMessage response = OutboundMessage.response(7, "room.join", "welcome", false,
			this.sessions.payloads);

	private final List<String> calls = new ArrayList<>();

	private OutboundInterceptor layer(String name) {
		return (session, message) -> {
			this.calls.add(name + " " + message.route() + " " + message.value());
			return message.withValue(message.value() + name);
		};
	}

	private static final OutboundInterceptor REFUSING = (session, message) -> null;

	private static final OutboundInterceptor FAILING = (session, message) -> {
		throw new IllegalStateException("expected by this test");
	};

	/** Replaces every message by a value that no serializer can write. */
	private static final OutboundInterceptor SPOILING = (session, message) -> message.withValue(new Object() {

		@SuppressWarnings("unused")
		public Object getSelf() {
			return this;
		}

	});

	private OutboundMessage apply(OutboundMessage message, OutboundInterceptor... interceptors) {
		return new OutboundInterceptors(List.of(interceptors)).apply(this.session, message);
	}

	private static String text(OutboundMessage message) {
		return new String(message.body(), StandardCharsets.UTF_8);
	}

	@Test
	void withoutInterceptorsAMessageIsUnchanged() {
		assertThat(apply(this.push)).isSameAs(this.push);
	}

	@Test
	void aMessageThatIsPassedOnIsUnchanged() {
		OutboundInterceptor passing = (session, message) -> message;
		assertThat(apply(this.push, passing, passing)).isSameAs(this.push);
	}

	@Test
	void eachInterceptorReceivesTheMessageOfThePreviousOne() {
		OutboundMessage leaving = apply(this.push, layer("a"), layer("b"));
		assertThat(this.calls).containsExactly("a onNews news", "b onNews newsa");
		assertThat(text(leaving)).isEqualTo("\"newsab\"");
		assertThat(text(this.push)).as("other recipients still receive the original").isEqualTo("\"news\"");
	}

	@Test
	void theyKnowTheRecipient() {
		this.session.bind("ann");
		OutboundMessage leaving = apply(this.push, (session, message) -> message.withValue(session.uid()));
		assertThat(text(leaving)).isEqualTo("\"ann\"");
	}

	@Test
	void aRejectedPushIsNotSent() {
		assertThat(apply(this.push, layer("a"), REFUSING, layer("never"))).isNull();
		assertThat(this.calls).containsExactly("a onNews news");
	}

	@Test
	void aRejectedResponseBecomesAnErrorBecauseTheClientWaits() {
		OutboundMessage leaving = apply(this.response, layer("a"), REFUSING, layer("never"));
		assertThat(leaving.id()).isEqualTo(7);
		assertThat(leaving.route()).isEqualTo("room.join");
		assertThat(leaving.isError()).isTrue();
		assertThat(text(leaving)).isEqualTo("{\"code\":500,\"msg\":\"answer refused\"}");
	}

	@Test
	void aPitayaClientReceivesItsOwnErrorCodes() {
		Session pitaya = this.sessions.open(TestSessions.PITAYA);
		OutboundMessage leaving = new OutboundInterceptors(List.of(REFUSING)).apply(pitaya, this.response);
		assertThat(text(leaving)).isEqualTo("{\"code\":\"PIT-500\",\"msg\":\"answer refused\"}");
	}

	@Test
	void aFailingInterceptorRejectsTheMessage() {
		assertThat(apply(this.push, FAILING)).isNull();
		assertThat(text(apply(this.response, FAILING))).contains("\"code\":500");
	}

	@Test
	void aValueThatCannotBeWrittenRejectsTheMessage() {
		assertThat(apply(this.push, SPOILING)).isNull();
		assertThat(text(apply(this.response, SPOILING))).contains("\"code\":500");
		assertThat(text(apply(this.push, SPOILING, layer("b")))).as("unless another interceptor replaces it")
			.contains("b");
	}

	@Test
	void aResponseIsOnlyReplacedByOneToTheSameRequest() {
		List<OutboundMessage> others = List.of(
				OutboundMessage.response(8, "room.join", "other", false, this.sessions.payloads),
				OutboundMessage.response(7, "room.leave", "other", false, this.sessions.payloads),
				OutboundMessage.push("room.join", "other", this.sessions.payloads));
		for (OutboundMessage other : others) {
			OutboundMessage leaving = apply(this.response, (session, message) -> other);
			assertThat(leaving.id()).isEqualTo(7);
			assertThat(leaving.isError()).isTrue();
			assertThat(text(leaving)).isEqualTo("{\"code\":500,\"msg\":\"answer refused\"}");
			assertThat(apply(other, (session, message) -> this.response)).isNotSameAs(this.response);
		}
	}

	@Test
	void aPushMayBeReplacedByOneOfAnotherRoute() {
		OutboundMessage other = OutboundMessage.push("onOther", "other", this.sessions.payloads);
		assertThat(apply(this.push, (session, message) -> other)).isSameAs(other);
	}

}
