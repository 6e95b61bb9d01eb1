package io.nanogame.server;

import java.util.List;

import com.google.protobuf.SourceContext;
import io.nanogame.group.Group;
import io.nanogame.net.ListenerSettings;
import io.nanogame.route.Request;
import io.nanogame.route.Route;
import io.nanogame.route.Route.Bodies;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawJsonClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Handlers with protobuf messages, for clients of pomelo and of JSON text.
 */
class ProtobufAsJsonTests {

	private final TestServer server = new TestServer();

	private final Group lobby = this.server.groups.create("lobby");

	ProtobufAsJsonTests() {
		this.server
			.route(Route.of("test.message", this::message)
				.with(Bodies.prepared(this.server.payloads,
						(payloads) -> new Bodies(payloads.reader(SourceContext.class),
								payloads.writer(SourceContext.class)))))
			.listener((listener) -> listener.with(ListenerSettings.defaults().withProtocols(List.of("pomelo", "json"))))
			.start();
	}

	private Object message(Request request) {
		SourceContext message = (SourceContext) request.payload();
		this.lobby.add(request.session());
		return SourceContext.newBuilder(message).build();
	}

	@AfterEach
	void stop() {
		this.server.close();
	}

	@Test
	void bothReadAndReceiveTheSameMessages() {
		try (RawClient pomelo = this.server.tcp().handshake();
				RawJsonClient json = Line.WEBSOCKET.connectJson(this.server.port(), 0)) {
			pomelo.request(1, "test.message", "\n\2hi");
			assertThat(pomelo.readResponse(1)).isEqualTo("\n\2hi");
			json.send("{\"route\":\"test.message\",\"id\":1,\"body\":{\"fileName\":\"hi\"}}");
			assertThat(json.read()).isEqualTo("{\"id\":1,\"body\":{\"fileName\":\"hi\"}}");
			this.lobby.broadcast("onNews", SourceContext.newBuilder().setFileName("a\n\ud83d\ude00").build());
			assertThat(pomelo.readPush("onNews")).isEqualTo("\n\6a\n\ud83d\ude00");
			assertThat(json.read()).isEqualTo("{\"route\":\"onNews\",\"body\":{\"fileName\":\"a\\n\\ud83d\\ude00\"}}");
		}
	}

	@Test
	void anotherBodyFailsWith400AndNoBodyIsAnEmptyMessage() {
		try (RawJsonClient json = Line.TCP.connectJson(this.server.port(), 0)) {
			json.send("{\"route\":\"test.message\",\"id\":1,\"body\":[]}");
			assertThat(json.read()).startsWith("{\"id\":1,\"error\":{\"code\":400");
			json.send("{\"route\":\"test.message\",\"id\":2}");
			assertThat(json.read()).isEqualTo("{\"id\":2,\"body\":{}}");
		}
	}

}
