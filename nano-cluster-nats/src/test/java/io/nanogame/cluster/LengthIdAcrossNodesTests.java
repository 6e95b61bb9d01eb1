package io.nanogame.cluster;

import java.net.Socket;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.nanogame.client.NanoClient;
import io.nanogame.cluster.ForwardingTests.Text;
import io.nanogame.connection.PacketLimits;
import io.nanogame.connection.TransportSettings;
import io.nanogame.lengthid.LengthIdProtocol;
import io.nanogame.lengthid.MessageIds;
import io.nanogame.protocol.LengthIdFormat;
import io.nanogame.route.Request;
import io.nanogame.route.RequestException;
import io.nanogame.test.NatsServer;
import io.nanogame.test.RawLengthIdClient;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients of the protocol {@code length-id}, whose requests another node handles.
 */
class LengthIdAcrossNodesTests {

	private static final Map<String, Long> IDS = Map.of("room.echo", 1L, "here.echo", 2L, "room.later", 3L, "room.fail",
			4L, "room.none", 5L, "room.push", 6L, "room.join", 7L, "onNews", 12L);

	private static final PacketLimits LIMITS = TransportSettings.defaults().connection().packets();

	private final NatsServer nats = new NatsServer();

	private final TestNode gate = TestNode.gateway(this.nats, "gate");

	private final TestNode game = TestNode.backend(this.nats, "game");

	private final BlockingQueue<Request> deferred = new LinkedBlockingQueue<>();

	@BeforeEach
	void start() {
		LengthIdFormat format = LengthIdFormat.defaults();
		this.gate.loop("here.echo", Request::body)
			.serve(new LengthIdProtocol(format, new MessageIds("ids", format, IDS, 100L, List.of()), LIMITS));
		this.game.lane("room.echo", Request::body).lane("room.later", (request) -> {
			this.deferred.add(request.defer());
			return null;
		}).lane("room.fail", (request) -> {
			throw new RequestException(418, "a teapot");
		}).lane("room.none", (request) -> null).lane("room.push", (request) -> {
			request.session().push("onOther", new Text("lost"));
			request.session().push("onNews", new Text("news"));
			return "pushed";
		}).lane("room.join", (request) -> {
			this.game.groups.get("room").add(request.session());
			return "joined";
		});
		this.game.start();
		this.gate.start();
		Awaitility.await().until(() -> this.gate.cluster.nodes().others().size() == 1);
	}

	@AfterEach
	void stop() {
		this.gate.close();
		this.game.close();
		this.nats.close();
	}

	private RawLengthIdClient client() throws Exception {
		return RawLengthIdClient.tcp(new Socket("127.0.0.1", this.gate.port(LengthIdProtocol.NAME)));
	}

	@Test
	void repliesOfAllNodesKeepTheOrderOfTheRequests() throws Exception {
		try (RawLengthIdClient client = client()) {
			for (int i = 0; i < 5; i++) {
				client.send(3, "").send(2, "" + i).send(1, "" + i).send(4, "").send(5, "");
			}
			for (int i = 0; i < 5; i++) {
				Request request = this.deferred.poll(5, TimeUnit.SECONDS);
				assertThat(request).isNotNull();
				request.reply(i);
				assertThat(client.read()).hasToString("3 " + i);
				assertThat(client.read()).hasToString("2 " + i);
				assertThat(client.read()).hasToString("1 " + i);
				assertThat(client.read()).hasToString("100 {\"code\":418,\"msg\":\"a teapot\"}");
				assertThat(client.read()).hasToString("5 {}");
			}
		}
	}

	@Test
	void aPushWithoutAnIdIsLostAndHarmsNothing() throws Exception {
		try (RawLengthIdClient client = client(); NanoClient pomelo = this.gate.client()) {
			BlockingQueue<Object> heard = new LinkedBlockingQueue<>();
			pomelo.on("onOther", Text.class, heard::add);
			assertThat(client.send(6, "").read()).hasToString("12 {\"text\":\"news\"}");
			assertThat(client.read()).hasToString("6 \"pushed\"");
			assertThat(client.send(7, "").read()).hasToString("7 \"joined\"");
			pomelo.call("room.join", null, String.class);
			this.game.groups.get("room").broadcast("onOther", new Text("to all"));
			this.game.groups.get("room").broadcast("onNews", new Text("to all"));
			assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo(new Text("to all"));
			assertThat(client.read()).hasToString("12 {\"text\":\"to all\"}");
		}
	}

}
