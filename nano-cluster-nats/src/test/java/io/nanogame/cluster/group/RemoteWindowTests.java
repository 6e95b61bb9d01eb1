package io.nanogame.cluster.group;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

import io.nanogame.memory.ManualTime;
import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.MergeForm;
import io.nanogame.serialize.Payloads;
import io.nanogame.serialize.SerializationException;
import io.nanogame.session.MergedRoute;
import io.nanogame.session.OutboundMessage;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * A window whose pushes may be too long for the other nodes: 40 bytes are, although the
 * window does not know that.
 */
class RemoteWindowTests {

	private static final int MAX_PUBLISHED = 40;

	private static final MergedRoute CHAT = new MergedRoute("onChat", Duration.ofMillis(50), 60,
			new MergeForm("items"));

	private static final Payloads PAYLOADS = new Payloads(new JsonSerializer(JsonMapper.shared()));

	private final ManualTime time = new ManualTime(() -> {
	});

	private final List<String> published = new ArrayList<>();

	private final RemoteWindow window = new RemoteWindow(this.time, Runnable::run, () -> 1000, this::publish);

	private void publish(OutboundMessage push) {
		if (push.body().length > MAX_PUBLISHED) {
			throw new SerializationException("too long", null);
		}
		this.published.add(new String(push.body(), StandardCharsets.UTF_8));
	}

	private void merge(String item) {
		this.window.merge(CHAT.push(item, PAYLOADS), CHAT);
	}

	/** Two pushes whose bytes fit, but not those of both. */
	private void mergeTooMany() {
		merge("a".repeat(15));
		merge("b".repeat(15));
	}

	@Test
	void thePushesOfAWindowAreOne() {
		merge("a");
		merge("b");
		assertThat(this.published).isEmpty();
		this.time.advance(CHAT.window());
		assertThat(this.published).containsExactly("{\"items\":[\"a\",\"b\"]}");
	}

	@Test
	void aPushThatIsTooLongFailsItsCallerAndNoOtherPush() {
		assertThatExceptionOfType(SerializationException.class).isThrownBy(() -> merge("x".repeat(100)));
		merge("a");
		this.window.end();
		assertThat(this.published).containsExactly("{\"items\":[\"a\"]}");
	}

	@Test
	void mergedPushesThatAreTooLongDoNotFailTheNextPush() {
		mergeTooMany();
		this.window.push(OutboundMessage.push("onNews", "news", PAYLOADS));
		assertThat(this.published).containsExactly("\"news\"");
	}

	@Test
	void mergedPushesThatAreTooLongDoNotFailTheCallerWhoEndsTheWindow() {
		mergeTooMany();
		this.window.end();
		merge("a");
		this.time.advance(CHAT.window());
		assertThat(this.published).containsExactly("{\"items\":[\"a\"]}");
	}

}
