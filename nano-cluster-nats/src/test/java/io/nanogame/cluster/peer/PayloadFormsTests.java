package io.nanogame.cluster.peer;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

import io.nanogame.cluster.Brackets;
import io.nanogame.cluster.frame.OtherForms;
import io.nanogame.cluster.frame.WrittenForm;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.SessionPayloads;
import io.nanogame.session.SessionRegistry;
import io.nanogame.session.Sessions;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Pushes of a node that has JSON, but no protocol whose messages are JSON text, to
 * clients of such a protocol on another node. The server's serializer is another one on
 * both.
 */
class PayloadFormsTests {

	private final Payloads server = new Payloads(new Brackets());

	private final Payloads json = new Payloads(new JsonSerializer(JsonMapper.shared()));

	private final Payloads text = Payloads.jsonText(new JsonSerializer(JsonMapper.shared()));

	private final PayloadForms here = forms((all) -> all.addChoice(this.json));

	private final PayloadForms there = forms((all) -> all.addOfProtocol(this.text));

	private PayloadForms forms(Consumer<SessionPayloads> more) {
		SessionPayloads all = SessionRegistry.of(new Sessions(this.server, Runnable::run)).allPayloads();
		more.accept(all);
		return new PayloadForms(all, new UsedForms((session) -> true, this.server, () -> {
		}));
	}

	private List<String> received(Payloads receiver, Object value) {
		OutboundMessage push = OutboundMessage.push("onNews", value, this.server);
		OtherForms others = OtherForms.of(this.here.write(push, Set.of("json-text")));
		List<String> received = new ArrayList<>();
		this.there.deliver("onNews", push.body(), others, (message, some) -> {
			if (some.test(receiver)) {
				received.add(new String(message.body(), StandardCharsets.UTF_8));
			}
		});
		return received;
	}

	@Test
	void aPushIsWrittenAsJsonForClientsOfJsonText() {
		assertThat(received(this.text, List.of("one"))).containsExactly("[\"one\"]");
		assertThat(received(this.server, List.of("one"))).containsExactly("[[one]]");
	}

	@Test
	void itIsWrittenOnceForBothFormsOfJson() {
		OutboundMessage push = OutboundMessage.push("onNews", 1, this.server);
		assertThat(this.here.write(push, Set.of("json", "json-text"))).extracting(WrittenForm::form)
			.containsExactly("json");
	}

	@Test
	void aSessionWithJsonTextReceivesPushesInJson() {
		assertThat(this.here.passing("json-text")).isSameAs(this.json);
		assertThat(this.there.mayPush(this.text, this.here.name(this.json), "onNews")).isTrue();
	}

	@Test
	void itsRequestsAreNotServed() {
		assertThat(this.here.find("json-text")).isNull();
	}

}
