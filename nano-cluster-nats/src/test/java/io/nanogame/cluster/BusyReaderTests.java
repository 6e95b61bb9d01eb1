package io.nanogame.cluster;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.nanogame.client.NanoClient;
import io.nanogame.cluster.ForwardingTests.Text;
import io.nanogame.cluster.bus.Subjects;
import io.nanogame.cluster.bus.Topics;
import io.nanogame.cluster.bus.nats.NatsBus;
import io.nanogame.group.Audience;
import io.nanogame.group.PushReceipt;
import io.nanogame.node.Node;
import io.nanogame.node.NodeListener;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import io.nanogame.test.NatsServer;
import io.nats.client.Options;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A node whose one thread that reads from NATS is busy is late, and not dead; and code of
 * the game does not keep it busy.
 */
class BusyReaderTests {

	/** Of two nodes, which are gone after three heartbeats without one. */
	private static final int ANNOUNCEMENTS = 16;

	private final NatsServer nats = new NatsServer();

	private final TestNode gate = TestNode.gateway(this.nats, "gate");

	private final TestNode room = TestNode.backend(this.nats, "room")
		.lane("room.hello", (request) -> new Text("hello"));

	private final CountDownLatch free = new CountDownLatch(1);

	@AfterEach
	void stop() {
		this.free.countDown();
		this.gate.close();
		this.room.close();
		this.nats.close();
	}

	private void start() {
		this.room.start();
		this.gate.start();
		Awaitility.await().until(() -> this.gate.cluster.nodes().others().size() == 1);
		Awaitility.await().until(() -> this.room.cluster.nodes().others().size() == 1);
	}

	private void await() {
		try {
			this.free.await(30, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	private void keepReaderBusy(TestNode node) {
		CountDownLatch busy = new CountDownLatch(1);
		node.cluster.peers().listenForSilence("busy", (message) -> {
			busy.countDown();
			await();
		});
		node.cluster.bus().publish("busy", new byte[0]);
		Awaitility.await().until(() -> busy.getCount() == 0);
	}

	private static void awaitAnnouncements(NatsBus all) {
		AtomicInteger announced = new AtomicInteger();
		all.newReader()
			.subscribe(new Subjects("test", "test-1").all(Topics.members()), (message) -> announced.incrementAndGet());
		Awaitility.await().until(() -> announced.get() >= ANNOUNCEMENTS);
	}

	@Test
	void aReaderThatIsBusyForManyHeartbeatsEndsNoSession() {
		start();
		try (NanoClient client = this.gate.client();
				NatsBus all = NatsBus.connect(Options.builder().server(this.nats.url()))) {
			client.call("room.hello", null, Text.class);
			Session session = this.gate.sessions.all().iterator().next();
			Session guest = this.room.sessions.all().iterator().next();
			keepReaderBusy(this.room);
			awaitAnnouncements(all);
			assertThat(this.room.cluster.nodes().others()).hasSize(1);
			assertThat(this.gate.cluster.nodes().others()).hasSize(1);
			assertThat(List.of(session, guest)).allMatch(Session::isOpen);
			this.free.countDown();
			assertThat(client.call("room.hello", null, Text.class)).isEqualTo(new Text("hello"));
			assertThat(List.of(session, guest)).allMatch(Session::isOpen);
		}
	}

	@Test
	void aNodeThatDoesNotReadWhatItIsSentSaysSo() {
		start();
		assertThat(this.room.cluster.isHearing()).isTrue();
		keepReaderBusy(this.room);
		Awaitility.await().until(() -> !this.room.cluster.isHearing());
		assertThat(this.room.cluster.isConnected()).isTrue();
		assertThat(this.gate.cluster.isHearing()).isTrue();
		this.free.countDown();
		Awaitility.await().until(this.room.cluster::isHearing);
	}

	@Test
	void aNodeListenerThatBlocksKeepsNobodyWaiting() {
		CountDownLatch called = new CountDownLatch(1);
		this.gate.cluster.nodes().addListener(new NodeListener() {

			@Override
			public void up(Node node) {
				called.countDown();
				BusyReaderTests.this.await();
			}

		});
		start();
		Awaitility.await().until(() -> called.getCount() == 0);
		try (NanoClient client = this.gate.client()) {
			assertThat(client.call("room.hello", null, Text.class)).isEqualTo(new Text("hello"));
		}
		this.room.cluster.close();
		Awaitility.await().until(() -> this.gate.cluster.nodes().others().isEmpty());
	}

	@Test
	void aSessionListenerThatBlocksForManyHeartbeatsDelaysNoOtherPlayer() {
		CountDownLatch called = new CountDownLatch(1);
		this.room.sessions.addListener(new SessionListener() {

			@Override
			public void bound(Session session) {
				called.countDown();
				BusyReaderTests.this.await();
			}

		});
		start();
		try (NanoClient ann = this.gate.client();
				NatsBus all = NatsBus.connect(Options.builder().server(this.nats.url()))) {
			ann.call("room.hello", null, Text.class);
			Session session = this.gate.sessions.all().iterator().next();
			session.bind("ann");
			Awaitility.await().until(() -> called.getCount() == 0);
			awaitAnnouncements(all);
			try (NanoClient bob = this.gate.client()) {
				assertThat(bob.call("room.hello", null, Text.class)).isEqualTo(new Text("hello"));
			}
			assertThat(this.gate.cluster.nodes().others()).hasSize(1);
			assertThat(session.isOpen()).isTrue();
		}
	}

	@Test
	void whatFollowsTheReceiptOfAPushMayBlock() throws Exception {
		start();
		CountDownLatch called = new CountDownLatch(1);
		// On another thread, because a push that has completed calls back at once.
		CompletableFuture.runAsync(() -> this.room.cluster.pushes()
			.push(new Audience.Everybody(), "onNews", new Text("news"))
			.thenAccept((receipt) -> {
				called.countDown();
				await();
			}));
		Awaitility.await().until(() -> called.getCount() == 0);
		assertThat(this.room.cluster.pushes()
			.push(new Audience.Everybody(), "onNews", new Text("more"))
			.toCompletableFuture()
			.get(10, TimeUnit.SECONDS)).isEqualTo(new PushReceipt(0, 0));
	}

}
