package io.nanogame.cluster;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executor;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import com.google.protobuf.CodedOutputStream;
import io.nanogame.cluster.bus.Subjects;
import io.nanogame.cluster.bus.Topics;
import io.nanogame.lane.Lanes;
import io.nanogame.test.NatsServer;
import io.nats.client.Message;
import io.nats.client.Subscription;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * A call that a node cannot take as it is has an answer, and a line in the node's log.
 */
class ServiceErrorsTests {

	private static final Duration SOON = Duration.ofSeconds(5);

	private static final String SERVICE = "ledger of all.things";

	private final NatsServer nats = new NatsServer();

	private final TestNode node = TestNode.backend(this.nats, "node");

	private final Logger logger = (Logger) LoggerFactory.getLogger("io.nanogame.cluster");

	private final ListAppender<ILoggingEvent> logged = new ListAppender<>();

	@BeforeEach
	void start() {
		this.node.start();
		this.logged.start();
		this.logger.addAppender(this.logged);
	}

	@AfterEach
	void stop() {
		this.logger.detachAppender(this.logged);
		this.node.close();
		this.nats.close();
	}

	private String answer(String topic, byte[] call) throws InterruptedException {
		this.node.flush();
		Subjects caller = new Subjects("test", "gate-1");
		String replies = Topics.answer("gate-1", "1");
		Subscription subscription = this.node.connection().subscribe(caller.all(replies));
		this.node.connection().publish(caller.own(topic), caller.own(replies), call);
		Message answer = subscription.nextMessage(SOON);
		assertThat(answer).as("an answer").isNotNull();
		assertThat(answer.isStatusMessage()).isFalse();
		return new String(answer.getData(), StandardCharsets.UTF_8);
	}

	/** Version, kind, caller, number, time, method, headers and arguments. */
	private static byte[] call(String method) throws Exception {
		byte[] call = new byte[method.length() + 20];
		CodedOutputStream out = CodedOutputStream.newInstance(call);
		out.writeUInt32NoTag(1);
		out.writeUInt32NoTag(1);
		out.writeStringNoTag("gate-1");
		out.writeUInt64NoTag(1);
		out.writeUInt64NoTag(SOON.toMillis());
		out.writeStringNoTag(method);
		out.writeUInt32NoTag(0);
		out.writeUInt32NoTag(0);
		return call;
	}

	@Test
	void anAnswerThatIsTooLongForNatsIsCut() throws Exception {
		this.node.services.offer(Ledger.class, new OwnLedger("first"));
		String method = "x".repeat((int) this.node.cluster.bus().maxPayload() - 20);
		assertThat(answer(Topics.service(SERVICE), call(method)))
			.contains("The service '%s' has no method 'xxx".formatted(SERVICE))
			.hasSizeLessThan(300);
	}

	@Test
	void anErrorOfTheServersOwnIsAnsweredAndLogged() throws Exception {
		Executor broken = (task) -> {
			throw new NoClassDefFoundError("a worker");
		};
		this.node.services.offer(Ledger.class, "broken", new OwnLedger("first"),
				new Lanes(broken, 10).create("broken"));
		assertThat(answer(Topics.serviceAt(SERVICE, "broken"), call("where")))
			.contains("A call of the service '%s' failed".formatted(SERVICE));
		// The caller receives its answer before the node writes the line.
		await().untilAsserted(() -> assertThat(List.copyOf(this.logged.list)).singleElement().satisfies((event) -> {
			assertThat(event.getFormattedMessage()).isEqualTo("A message of the cluster could not be handled");
			assertThat(event.getThrowableProxy().getMessage()).contains("a worker");
		}));
	}

}
