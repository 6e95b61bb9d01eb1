package io.nanogame.pipeline;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;

import io.nanogame.group.Group;
import io.nanogame.lane.Lane;
import io.nanogame.protocol.MessageType;
import io.nanogame.route.RequestException;
import io.nanogame.route.Route;
import io.nanogame.server.MemoryServer;
import io.nanogame.server.TestServer;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The effect of interceptors on clients, on a real server.
 */
class InterceptionTests {

	private static final String REFUSED = "{\"code\":500,\"msg\":\"answer refused\"}";

	private final MemoryServer server = new MemoryServer();

	private final List<String> calls = new CopyOnWriteArrayList<>();

	@AfterEach
	void stop() {
		this.server.close();
	}

	private TestServer inbound(Interceptor... interceptors) {
		return this.server.with((builder) -> builder.interceptors(List.of(interceptors)));
	}

	private TestServer outbound(OutboundInterceptor... interceptors) {
		return this.server.with((builder) -> builder.outboundInterceptors(List.of(interceptors)));
	}

	private Interceptor layer(String name) {
		return (request, next) -> {
			this.calls.add(name);
			return next.proceed(request);
		};
	}

	private static String call(RawClient client, String route, String body) {
		client.request(1, route, body);
		return client.readResponse(1);
	}

	@Test
	void interceptorsOfTheServerRunBeforeThoseOfTheRoute() {
		Route own = Route.of("test.own", (request) -> "done")
			.wrapped((handler) -> Interceptors.around(handler, List.of(layer("own"))));
		inbound(layer("first"), layer("second")).route(own).start();
		try (RawClient client = this.server.connect().handshake()) {
			assertThat(call(client, "test.own", "")).isEqualTo("\"done\"");
			assertThat(this.calls).containsExactly("first", "second", "own");
		}
	}

	@Test
	void theyRunOnTheThreadOfTheHandler() {
		Lane lane = this.server.lanes.named("battle");
		inbound((request, next) -> {
			this.calls.add(request.route() + " " + lane.isCurrent());
			return next.proceed(request);
		}).route(Route.of("test.battle", (request) -> lane.isCurrent()).on(lane)).start();
		try (RawClient client = this.server.connect().handshake()) {
			assertThat(call(client, "test.battle", "")).isEqualTo("true");
			assertThat(call(client, "test.echo", "1")).isEqualTo("1");
			assertThat(this.calls).containsExactly("test.battle true", "test.echo false");
		}
	}

	@Test
	void theirExceptionsAreTreatedLikeThoseOfTheHandler() {
		inbound((request, next) -> {
			switch (new String(request.body(), StandardCharsets.UTF_8)) {
				case "\"refuse\"" -> throw new RequestException(403, "not you");
				case "\"fail\"" -> throw new IllegalStateException("secret");
				case "\"later\"" -> {
					return CompletableFuture.failedFuture(new RequestException(429, "too many"));
				}
				case "\"stage\"" -> {
					return CompletableFuture.failedStage(new RequestException(402, "pay first"));
				}
				default -> {
					return next.proceed(request);
				}
			}
		}).start();
		try (RawClient client = this.server.connect().handshake()) {
			for (String route : List.of("test.echo", "test.fastEcho")) {
				assertThat(call(client, route, "\"refuse\"")).isEqualTo("{\"code\":403,\"msg\":\"not you\"}");
				assertThat(call(client, route, "\"fail\"")).isEqualTo("{\"code\":500,\"msg\":\"internal error\"}");
				assertThat(call(client, route, "\"later\"")).isEqualTo("{\"code\":429,\"msg\":\"too many\"}");
				assertThat(call(client, route, "\"stage\"")).isEqualTo("{\"code\":402,\"msg\":\"pay first\"}");
				assertThat(call(client, route, "\"pass\"")).isEqualTo("\"pass\"");
			}
		}
	}

	@Test
	void anAsynchronousResultIsInterceptedAndDelaysTheNextMessage() {
		CompletableFuture<Object> later = new CompletableFuture<>();
		inbound((request, next) -> next.proceed(request).thenApply((result) -> List.of("seen", result)))
			.loop("test.later", (request) -> later)
			.loop("test.complete", (request) -> "second")
			.start();
		try (RawClient client = this.server.connect().handshake();
				RawClient other = this.server.connect().handshake()) {
			client.request(1, "test.later", "").request(2, "test.complete", "");
			assertThat(call(other, "test.complete", "")).isEqualTo("[\"seen\",\"second\"]");
			later.complete("first");
			assertThat(client.readResponse(1)).isEqualTo("[\"seen\",\"first\"]");
			assertThat(client.readResponse(2)).isEqualTo("[\"seen\",\"second\"]");
		}
	}

	@Test
	void aNotifyIsIntercepted() {
		inbound((request, next) -> {
			this.calls.add(request.expectsReply() ? "request" : "notify");
			throw new RequestException(403, "not you");
		}).start();
		try (RawClient client = this.server.connect().handshake()) {
			client.notify("test.echo", "1");
			assertThat(call(client, "test.echo", "2")).contains("403");
			assertThat(this.calls).containsExactly("notify", "request");
		}
	}

	@Test
	void responsesPushesAndErrorsPassTheOutboundInterceptorsOnce() {
		outbound((session, message) -> {
			this.calls.add(message.type() + " " + message.route() + " " + message.isError());
			return message;
		}).lane("test.push", (request) -> {
			request.session().push("onNews", 1);
			throw new RequestException(403, "not you");
		}).start();
		try (RawClient client = this.server.connect().handshake()) {
			client.request(1, "test.push", "").request(2, "no.such", "").request(3, "test.echo", "3");
			for (int id = 1; id <= 3; id++) {
				client.readResponse(id);
			}
			assertThat(this.calls).containsExactly("PUSH onNews false", "RESPONSE test.push true",
					"RESPONSE no.such true", "RESPONSE test.echo false");
		}
	}

	@Test
	void aRejectedResponseBecomesAnErrorAndARejectedPushIsDropped() {
		outbound((session, message) -> message.route().equals("test.echo") ? message : null)
			.lane("test.mixed", (request) -> {
				request.session().push("onNews", 1);
				return "secret";
			})
			.start();
		try (RawClient client = this.server.connect().handshake()) {
			client.request(1, "test.mixed", "").request(2, "test.echo", "2");
			assertThat(client.readData().payload()).isEqualTo(REFUSED);
			assertThat(client.readData().payload()).isEqualTo("2");
		}
	}

	@Test
	void aBroadcastIsInterceptedForEachMember() {
		Group group = this.server.groups.create("lobby");
		outbound((session, message) -> (message.type() == MessageType.PUSH) ? forMember(session, message) : message)
			.lane("test.join", (request) -> {
				request.session().bind(new String(request.body(), StandardCharsets.UTF_8));
				return group.add(request.session());
			})
			.start();
		List<String> uids = List.of("ann", "refused", "failing", "unwritable", "zoe");
		List<RawClient> clients = uids.stream().map((uid) -> join(uid)).toList();
		group.broadcast("onNews", "secret");
		group.broadcast("onNews", "end");
		assertThat(clients.stream().map((client) -> client.readPush("onNews"))).containsExactly("\"ann: secret\"",
				"\"refused: end\"", "\"failing: end\"", "\"unwritable: end\"", "\"zoe: secret\"");
		clients.forEach(RawClient::close);
	}

	private RawClient join(String uid) {
		RawClient client = this.server.connect();
		call(client.handshake(), "test.join", uid);
		return client;
	}

	private static OutboundMessage forMember(Session session, OutboundMessage message) {
		String uid = session.uid();
		String text = uid + ": " + message.value();
		return switch (text) {
			case "refused: secret" -> null;
			case "failing: secret" -> throw new IllegalStateException("expected by this test");
			case "unwritable: secret" -> message.withValue(new Object() {

				@SuppressWarnings("unused")
				public Object getSelf() {
					return this;
				}

			});
			default -> message.withValue(text);
		};
	}

}
