package io.nanogame.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

import io.nanogame.client.NanoClient;
import io.nanogame.cluster.ClaimsOnNatsTests.Shop;
import io.nanogame.cluster.ForwardingTests.Text;
import io.nanogame.cluster.bus.Subjects;
import io.nanogame.cluster.bus.Topics;
import io.nanogame.group.Group;
import io.nanogame.service.Claim;
import io.nanogame.service.Claimant;
import io.nanogame.service.ServiceException;
import io.nanogame.session.Session;
import io.nanogame.test.NatsServer;
import io.nats.client.Connection;
import io.nats.client.ErrorListener;
import io.nats.client.KeyValue;
import io.nats.client.Nats;
import io.nats.client.Options;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The NATS permissions of docs/cluster.md: nodes work with them, and a node cannot act as
 * another one.
 */
class NatsPermissionsTests {

	private static final String PERMISSIONS = read(Path.of("src/test/resources/nats-permissions.conf"));

	@TempDir
	private static Path store;

	private final NatsServer nats = new NatsServer("jetstream { store_dir: \"%s\" }\n".formatted(store) + PERMISSIONS);

	private final TestNode gate = TestNode.gateway(url("gate"), "gate");

	private final TestNode room = TestNode.backend(url("room"), "room");

	private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

	private final List<Connection> connections = new ArrayList<>();

	private final List<String> errors = new CopyOnWriteArrayList<>();

	private static String read(Path file) {
		try {
			return Files.readString(file);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	private String url(String user) {
		return "nats://%s:%s-secret@127.0.0.1:%d".formatted(user, user, this.nats.port());
	}

	@BeforeEach
	void start() {
		Group lobby = this.room.groups.create("lobby");
		this.room.lane("room.enter", (request) -> {
			request.session().bind("ann");
			lobby.add(request.session());
			return new Text("entered");
		}).start();
		this.gate.start();
		Awaitility.await().until(() -> this.gate.cluster.nodes().others().size() == 1);
	}

	@AfterEach
	void stop() throws InterruptedException {
		for (Connection connection : this.connections) {
			connection.close();
		}
		assertThat(List.of(this.gate, this.room))
			.allSatisfy((node) -> assertThat(node.connection().getLastError()).isNullOrEmpty());
		this.gate.close();
		this.room.close();
		this.nats.close();
	}

	private Connection connect(String user) throws IOException, InterruptedException {
		Connection connection = Nats.connect(Options.builder().server(url(user)).errorListener(new ErrorListener() {

			@Override
			public void errorOccurred(Connection connection, String error) {
				NatsPermissionsTests.this.errors.add(error);
			}

		}).build());
		this.connections.add(connection);
		return connection;
	}

	@Test
	void theyAreThoseOfTheDocumentation() {
		assertThat(read(Path.of("../docs/cluster.md"))).contains("```conf\n" + PERMISSIONS + "```");
	}

	@Test
	void requestsPushesGroupsAndServicesWork() throws Exception {
		this.room.services.offer(Ledger.class, new OwnLedger("first"));
		this.room.flush();
		try (NanoClient client = this.gate.client()) {
			client.on("onNews", Text.class, (text) -> this.received.add(text.text()));
			assertThat(client.call("room.enter", null, Text.class)).isEqualTo(new Text("entered"));
			this.room.groups.get("lobby").broadcast("onNews", new Text("to the group"));
			assertThat(this.received.poll(5, TimeUnit.SECONDS)).isEqualTo("to the group");
			this.room.cluster.users().push("ann", "onNews", new Text("to the player"));
			assertThat(this.received.poll(5, TimeUnit.SECONDS)).isEqualTo("to the player");
		}
		assertThat(this.gate.services.any(Ledger.class).where()).isEqualTo("first");
		assertThat(this.gate.cluster.users().find("bob")).succeedsWithin(Duration.ofSeconds(5)).isEqualTo(List.of());
		Awaitility.await().until(() -> this.gate.cluster.isHearing() && this.room.cluster.isHearing());
	}

	@Test
	void aNodeClaimsRenewsAndReleasesAName() throws Exception {
		AtomicInteger acquired = new AtomicInteger();
		Claim first = claim(this.room, (fence) -> {
			acquired.incrementAndGet();
			return () -> "room";
		});
		Awaitility.await().until(first::isHeld);
		Claim second = claim(this.gate, (fence) -> () -> "gate");
		Awaitility.await().ignoreExceptions().until(() -> shop(this.gate).owner().equals("room"));
		KeyValue claims = this.gate.connection().keyValue(new Subjects("test", "gate-1").claims());
		String key = Topics.claim("shop", "inn");
		long revision = claims.get(key).getRevision();
		Awaitility.await().until(() -> claims.get(key).getRevision() > revision + 1);
		assertThat(first.isHeld()).isTrue();
		assertThat(second.isHeld()).isFalse();
		assertThat(acquired).hasValue(1);
		first.close();
		Awaitility.await().until(second::isHeld);
		assertThat(shop(this.room).owner()).isEqualTo("gate");
	}

	private static Claim claim(TestNode node, Claimant<Shop> claimant) {
		return node.services.claim(Shop.class, "inn", node.lanes.create("inn"), claimant);
	}

	private static Shop shop(TestNode node) {
		return node.services.at(Shop.class, "inn");
	}

	@Test
	void aNodeCannotPublishAsAnother() throws Exception {
		Connection evil = connect("room");
		try (NanoClient client = this.gate.client()) {
			client.call("room.enter", null, Text.class);
			Session session = this.room.sessions.all().iterator().next();
			Subjects gates = new Subjects("test", this.gate.cluster.nodes().self().id());
			evil.publish(gates.own(Topics.members()), "{}".getBytes());
			evil.flush(Duration.ofSeconds(5));
			Awaitility.await().until(() -> this.errors.stream().anyMatch((error) -> error.contains("Publish to")));
			assertThat(this.room.cluster.bus().dropped()).isZero();
			assertThat(session.isOpen()).isTrue();
		}
	}

	@Test
	void aNodeCannotReceiveTheMessagesForAnother() throws Exception {
		Connection evil = connect("room");
		evil.createDispatcher((message) -> this.received.add(message.getSubject()))
			.subscribe("nano.test.*.*.node.gate.*");
		evil.flush(Duration.ofSeconds(5));
		Awaitility.await().until(() -> this.errors.stream().anyMatch((error) -> error.contains("Subscription to")));
	}

	@Test
	void aServiceThatNoNodeOffersFailsAtOnce() {
		assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> this.gate.services.any(Ledger.class).where())
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ServiceException.NOT_THERE));
	}

}
