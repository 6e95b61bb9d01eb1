package io.nanogame.cluster;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.IThrowableProxy;
import ch.qos.logback.core.AppenderBase;
import com.google.protobuf.CodedOutputStream;
import io.nanogame.cluster.bus.Subjects;
import io.nanogame.cluster.bus.Topics;
import io.nanogame.cluster.bus.nats.NatsBus;
import io.nanogame.cluster.peer.Versions;
import io.nanogame.test.NatsServer;
import io.nats.client.Options;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * A stranger who can publish in NATS fills no log, and writes nothing into it that a
 * terminal obeys.
 */
class HostileMessagesTests {

	private static final int MANY = 500;

	/** Clears a terminal, and goes on like a line of its own. */
	private static final String EVIL = "\u001b[2J\r\n2026-01-01 ERROR all is lost";

	private final NatsServer nats = new NatsServer();

	private final TestNode node = TestNode.backend(this.nats, "room");

	private final NatsBus stranger = NatsBus.connect(Options.builder().server(this.nats.url()));

	private final Subjects subjects = new Subjects("test", "stranger-1");

	private final Logger logger = (Logger) LoggerFactory.getLogger("io.nanogame");

	private final Lines lines = new Lines();

	@BeforeEach
	void start() {
		this.node.start();
		this.node.services.offer(Ledger.class, new OwnLedger("first"));
		this.node.flush();
		this.lines.start();
		this.logger.addAppender(this.lines);
	}

	@AfterEach
	void stop() {
		this.logger.detachAppender(this.lines);
		this.stranger.close();
		this.node.close();
		this.nats.close();
	}

	private String self() {
		return this.node.cluster.nodes().self().id();
	}

	private void publish(String topic, byte[] body) {
		publishOn(this.subjects.own(topic), body);
	}

	private void publishOn(String subject, byte[] body) {
		for (int i = 0; i < MANY; i++) {
			this.stranger.publish(subject, body);
		}
	}

	private static byte[] bytes(Writing writing) {
		ByteArrayOutputStream bytes = new ByteArrayOutputStream();
		CodedOutputStream out = CodedOutputStream.newInstance(bytes);
		try {
			writing.write(out);
			out.flush();
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		return bytes.toByteArray();
	}

	/** A batch of one frame. */
	private static byte[] batch(byte[] frame) {
		return bytes((out) -> {
			out.write((byte) Versions.OWN.newest());
			out.writeUInt64NoTag(0);
			out.writeByteArrayNoTag(frame);
		});
	}

	/** What is sent to a service: version, kind, and what belongs to it. */
	private static byte[] sent(String method, byte[]... arguments) {
		return bytes((out) -> {
			out.writeUInt32NoTag(1);
			out.writeUInt32NoTag(0);
			out.writeStringNoTag("stranger-1");
			out.writeUInt64NoTag(0);
			out.writeUInt64NoTag(0);
			out.writeStringNoTag(method);
			out.writeUInt32NoTag(0);
			out.writeUInt32NoTag(arguments.length);
			for (byte[] argument : arguments) {
				out.writeBoolNoTag(true);
				out.writeByteArrayNoTag(argument);
			}
		});
	}

	/** Waits until such a line was logged, and what was published before was read. */
	private List<ILoggingEvent> lines(String kind) {
		Awaitility.await().until(() -> has(kind));
		this.stranger.publish(this.subjects.own(Topics.node(self())), new byte[] { 99 });
		Awaitility.await().until(() -> has("Messages of nodes that use version 99"));
		return this.lines.events.stream().filter((event) -> event.getFormattedMessage().startsWith(kind)).toList();
	}

	private boolean has(String kind) {
		return this.lines.events.stream().anyMatch((event) -> event.getFormattedMessage().startsWith(kind));
	}

	private void assertFewAndPrintable(String kind) {
		assertThat(lines(kind)).hasSizeBetween(1, 10);
		assertThat(this.lines.events).hasSizeLessThan(30).allSatisfy((event) -> {
			assertThat(event.getFormattedMessage()).matches("\\p{Print}*");
			for (IThrowableProxy each = event.getThrowableProxy(); each != null; each = each.getCause()) {
				assertThat(String.valueOf(each.getMessage())).matches("\\p{Print}*");
			}
		});
	}

	@Test
	void messagesThatAreNone() {
		publish(Topics.node(self()), new byte[] { (byte) Versions.OWN.newest(), 5, 1 });
		assertFewAndPrintable("A message of the cluster was not understood");
		assertThat(this.node.cluster.bus().dropped()).isGreaterThanOrEqualTo(MANY);
	}

	@Test
	void aSenderWhoseIdIsNone() {
		publishOn("nano.test.%s.%s".formatted("\u001b[2J.1", Topics.node(self())), batch(new byte[] { 26, 7 }));
		assertFewAndPrintable("A message of the cluster was not understood: Its sender is no node");
	}

	@Test
	void framesThatAreNone() {
		publish(Topics.node(self()), batch(new byte[] { 4, 1, 100 }));
		assertFewAndPrintable("A frame of node stranger-1 was not understood");
		assertThat(this.node.cluster.bus().dropped()).isGreaterThanOrEqualTo(MANY);
	}

	@Test
	void announcementsWithoutANode() {
		publish(Topics.members(), "{}".getBytes(StandardCharsets.UTF_8));
		publish(Topics.member(self()), new byte[0]);
		assertFewAndPrintable("The announcement of a node was not understood");
	}

	@Test
	void announcementsOfANodeWhoseIdIsNone() {
		publish(Topics.members(), announcement("""
				{"kind": "goodbye", "node": {"id": "%s"}}"""));
		assertFewAndPrintable("The announcement of a node was not understood: Node stranger-1 describes '\\u001b");
	}

	@Test
	void announcementsThatAreNoJson() {
		publish(Topics.members(), ("{\"" + EVIL).getBytes(StandardCharsets.UTF_8));
		assertFewAndPrintable("The announcement of a node was not understood");
	}

	@Test
	void theComponentsOfANode() {
		publish(Topics.members(), announcement("""
				{"kind": "heartbeat", "node": {"id": "stranger-1", "components": ["%%s"], "services": ["%s"]},
				 "versions": {"oldest": %d, "newest": %d}}""".formatted("x".repeat(1000), Versions.OWN.newest(),
				Versions.OWN.newest())));
		assertFewAndPrintable("Node[stranger-1] is up, with components [\\u001b");
	}

	private static byte[] announcement(String json) {
		return json.formatted(EVIL.replace("\u001b", "\\u001b").replace("\r\n", "\\r\\n"))
			.getBytes(StandardCharsets.UTF_8);
	}

	@Test
	void answersOfCallsThatAreNone() {
		publish(Topics.answer(self(), "\u001b[2J"), new byte[0]);
		assertFewAndPrintable("A message of the cluster could not be handled");
	}

	@Test
	void servicesThatAreNotThere() {
		String name = Base64.getUrlEncoder().encodeToString(EVIL.getBytes(StandardCharsets.UTF_8));
		publishOn(new Subjects("test", self()).own(Topics.unheard(name)), new byte[0]);
		assertFewAndPrintable("A message for the service '\\u001b[2J\\u000d\\u000a");
	}

	@Test
	void callsThatAreNone() {
		publish(Topics.allServices("ledger of all.things"), new byte[] { 1, 0, 9 });
		assertFewAndPrintable("A call of a service was not understood");
	}

	@Test
	void methodsThatAreNone() {
		publish(Topics.allServices("ledger of all.things"), sent(EVIL));
		assertFewAndPrintable("A message of node stranger-1 for");
	}

	@Test
	void argumentsThatAreNone() {
		publish(Topics.allServices("ledger of all.things"), sent("count", EVIL.getBytes(StandardCharsets.UTF_8)));
		assertFewAndPrintable("A message of node stranger-1 for");
	}

	/** Writes to a stream that fails. */
	private interface Writing {

		void write(CodedOutputStream out) throws IOException;

	}

	/** What is logged at INFO and above, by any thread. */
	private static final class Lines extends AppenderBase<ILoggingEvent> {

		private final List<ILoggingEvent> events = new CopyOnWriteArrayList<>();

		@Override
		protected void append(ILoggingEvent event) {
			if (event.getLevel().isGreaterOrEqual(Level.INFO)) {
				this.events.add(event);
			}
		}

	}

}
