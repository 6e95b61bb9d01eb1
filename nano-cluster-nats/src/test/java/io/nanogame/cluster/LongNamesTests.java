package io.nanogame.cluster;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.nanogame.client.NanoClient;
import io.nanogame.cluster.ForwardingTests.Text;
import io.nanogame.group.Group;
import io.nanogame.service.ServiceException;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.test.NatsServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * Names that are longer than a subject of NATS may be, or hold what NATS gives a meaning
 * to.
 */
class LongNamesTests {

	private static final String LONG = "x".repeat(3200);

	private final NatsServer nats = new NatsServer();

	private final CuttableLink gateLink = new CuttableLink(this.nats);

	private final TestNode gate = TestNode.gateway(this.gateLink.url(), "g".repeat(5000));

	private final TestNode room = TestNode.backend(this.nats, "room > *.\r\n");

	@BeforeEach
	void start() {
		this.room.lane("room.hello", (request) -> new Text("hello"));
		this.room.lane("room.join", (request) -> {
			this.room.groups.get(new String(request.body())).add(request.session());
			return new Text("joined");
		}).start();
		this.gate.start();
		Awaitility.await().until(() -> this.gate.cluster.nodes().others().size() == 1);
	}

	@AfterEach
	void stop() throws IOException {
		this.gate.close();
		this.room.close();
		this.gateLink.close();
		this.nats.close();
	}

	@Test
	void aNodeHearsTheOthersAgainWhenALongUidWasBoundWhileNatsWasAway() {
		try (NanoClient ann = this.gate.client()) {
			ann.call("room.hello", null, Text.class);
			this.gateLink.cut();
			Awaitility.await().until(() -> !this.gate.cluster.isConnected());
			this.gate.sessions.all().iterator().next().bind(LONG);
			this.gateLink.mend();
			Awaitility.await().until(this.gate.cluster::isConnected);
			try (NanoClient bob = this.gate.client()) {
				Awaitility.await()
					.ignoreExceptions()
					.until(() -> new Text("hello").equals(bob.call("room.hello", null, Text.class)));
			}
		}
	}

	@Test
	void aPlayerWithALongUidHasOneSession() throws Exception {
		try (NanoClient first = this.gate.client(); NanoClient second = this.gate.client()) {
			Awaitility.await().until(() -> this.gate.sessions.count() == 2);
			List<Session> sessions = List.copyOf(this.gate.sessions.all());
			sessions.get(0).bind(LONG);
			sessions.get(1).bind(LONG);
			Awaitility.await().until(() -> !sessions.get(0).isOpen());
			assertThat(sessions.get(0).closeReason()).isEqualTo(CloseReason.REPLACED);
			assertThat(this.room.cluster.users().find(LONG).toCompletableFuture().get(5, TimeUnit.SECONDS))
				.containsExactly(sessions.get(1).id());
			assertThat(List.of(first, second)).hasSize(2);
		}
	}

	@Test
	void aGroupWithALongNameSpansNodes() throws Exception {
		for (String name : List.of(LONG, "a b.*.>\r\n", "", "😀".repeat(2000))) {
			BlockingQueue<String> heard = new LinkedBlockingQueue<>();
			try (NanoClient ann = this.gate.client()) {
				ann.on("onNews", Text.class, (text) -> heard.add(text.text()));
				ann.call("room.join", name.getBytes(), Text.class);
				Group group = this.gate.groups.get(name);
				Awaitility.await().until(() -> group.count() == 1);
				this.room.groups.get(name).broadcast("onNews", new Text("news"));
				assertThat(heard.poll(5, TimeUnit.SECONDS)).isEqualTo("news");
			}
		}
	}

	@Test
	void anInstanceWithALongNameIsFoundAndANodeThatNeverWasIsNotThere() {
		this.room.services.offer(Ledger.class, LONG, new OwnLedger("far"), this.room.lanes.create("ledger"));
		this.room.flush();
		assertThat(this.gate.services.at(Ledger.class, LONG).where()).isEqualTo("far");
		for (String node : List.of("a b", "*", ">", "", "x\r\ny", LONG)) {
			assertThatExceptionOfType(ServiceException.class)
				.isThrownBy(() -> this.gate.services.on(Ledger.class, node).where())
				.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ServiceException.NOT_THERE));
		}
		assertThat(this.gate.cluster.bus().reconnects()).isZero();
	}

}
