package io.nanogame.cluster.bus;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;

import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

/**
 * What the cluster expects of each {@link Bus}.
 */
public abstract class BusContract {

	private static final int MANY = 1000;

	private final List<Bus> opened = new ArrayList<>();

	private final BlockingQueue<String> received = new LinkedBlockingQueue<>();

	/** Connects another bus to the same network. */
	protected abstract Bus connect();

	/** Waits until the network knows the subscriptions of the bus. */
	protected abstract void flush(Bus bus);

	/** Interrupts the connections of all buses, and waits until they have noticed. */
	protected abstract void interrupt(List<Bus> buses);

	/** Restores the connections. */
	protected abstract void restore();

	@AfterEach
	void close() {
		this.opened.forEach(Bus::close);
	}

	private Bus open() {
		Bus bus = connect();
		this.opened.add(bus);
		return bus;
	}

	private static byte[] bytes(String text) {
		return text.getBytes(StandardCharsets.UTF_8);
	}

	private static String text(BusMessage message) {
		return new String(message.body(), StandardCharsets.UTF_8);
	}

	private void record(BusMessage message) {
		this.received.add(text(message));
	}

	private String next() {
		try {
			return String.valueOf(this.received.poll(10, TimeUnit.SECONDS));
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	@Test
	void eachSubscriberReceivesAMessageAlsoThatOfItsOwnNode() {
		Bus sender = open();
		Bus other = open();
		sender.newReader().subscribe("news", (message) -> this.received.add("sender"));
		other.newReader().subscribe("news", (message) -> this.received.add("other"));
		flush(sender);
		flush(other);
		assertThat(sender.publish("news", bytes("hello"))).isTrue();
		assertThat(List.of(next(), next())).containsExactlyInAnyOrder("sender", "other");
	}

	@Test
	void aMessageHasItsSubjectBodyAndSubjectForReplies() {
		Bus bus = open();
		BlockingQueue<BusMessage> messages = new LinkedBlockingQueue<>();
		bus.newReader().subscribe("to.*.here", messages::add);
		flush(bus);
		bus.publish("to.you.here", "replies", bytes("hello"));
		Awaitility.await().until(() -> messages.size() == 1);
		assertThat(messages.element()).satisfies((message) -> {
			assertThat(message.subject()).isEqualTo("to.you.here");
			assertThat(message.replyTo()).isEqualTo("replies");
			assertThat(text(message)).isEqualTo("hello");
			assertThat(message.noRecipient()).isFalse();
		});
	}

	@Test
	void aWildcardStandsForOneToken() {
		Bus bus = open();
		bus.newReader().subscribe("game.*", this::record);
		flush(bus);
		bus.publish("game", bytes("too short"));
		bus.publish("game.room.1", bytes("too long"));
		bus.publish("play.room", bytes("another one"));
		bus.publish("game.room", bytes("right"));
		assertThat(next()).isEqualTo("right");
	}

	@Test
	void aReaderKeepsTheOrderOfASenderAcrossSubjects() {
		Bus sender = open();
		Bus receiver = open();
		BusReader reader = receiver.newReader();
		reader.subscribe("odd", this::record);
		reader.subscribe("even.*", this::record);
		flush(receiver);
		for (int i = 0; i < MANY; i++) {
			sender.publish((i % 2 == 0) ? "even." + i : "odd", bytes(String.valueOf(i)));
		}
		Awaitility.await().until(() -> this.received.size() == MANY);
		assertThat(this.received)
			.containsExactlyElementsOf(IntStream.range(0, MANY).mapToObj(String::valueOf).toList());
	}

	@Test
	void oneOfAQueueReceivesEachMessage() {
		Bus sender = open();
		AtomicInteger first = new AtomicInteger();
		AtomicInteger second = new AtomicInteger();
		Bus other = open();
		sender.newReader().subscribe("work", "workers", (message) -> first.incrementAndGet());
		other.newReader().subscribe("work", "workers", (message) -> second.incrementAndGet());
		flush(sender);
		flush(other);
		for (int i = 0; i < MANY; i++) {
			sender.publish("work", bytes("task"));
		}
		Awaitility.await().until(() -> first.get() + second.get() == MANY);
		assertThat(first).hasPositiveValue();
		assertThat(second).hasPositiveValue();
	}

	@Test
	void theSenderIsNotifiedWhenThereIsNoRecipient() {
		Bus bus = open();
		BlockingQueue<BusMessage> replies = new LinkedBlockingQueue<>();
		bus.newReader().subscribe("lost.*", replies::add);
		flush(bus);
		bus.publish("nobody", bytes("unheard"));
		bus.publish("nobody", "lost.7", bytes("unheard"));
		Awaitility.await().until(() -> replies.size() == 1);
		assertThat(replies.element()).satisfies((reply) -> {
			assertThat(reply.subject()).isEqualTo("lost.7");
			assertThat(reply.noRecipient()).isTrue();
			assertThat(reply.body()).isEmpty();
		});
	}

	@Test
	void anEndedSubscriptionReceivesNothing() {
		Bus bus = open();
		BusReader reader = bus.newReader();
		Runnable end = reader.subscribe("news", (message) -> this.received.add("ended"));
		reader.subscribe("news", this::record);
		end.run();
		flush(bus);
		bus.publish("news", bytes("hello"));
		assertThat(next()).isEqualTo("hello");
		assertThat(this.received).isEmpty();
	}

	@Test
	void aSubscriptionMayEndAfterItsBus() {
		Bus bus = open();
		Runnable end = bus.newReader().subscribe("news", this::record);
		bus.close();
		assertThatCode(end::run).doesNotThrowAnyException();
		assertThat(bus.isConnected()).isFalse();
		assertThat(bus.publish("news", bytes("late"))).isFalse();
		assertThat(bus.dropped()).isOne();
	}

	@Test
	void anErrorOfAHandlerIsCountedAndTheNextMessageHandled() {
		Bus bus = open();
		bus.newReader().subscribe("news", (message) -> {
			if (message.body().length == 0) {
				throw new StackOverflowError("too deep");
			}
			record(message);
		});
		flush(bus);
		bus.publish("news", new byte[0]);
		bus.publish("news", bytes("hello"));
		assertThat(next()).isEqualTo("hello");
		assertThat(bus.dropped()).isOne();
	}

	@Test
	void aBusyReaderDoesNotDelayAnotherOne() throws InterruptedException {
		Bus bus = open();
		CountDownLatch free = new CountDownLatch(1);
		bus.newReader().subscribe("news", (message) -> awaitQuietly(free));
		bus.newReader().subscribe("news", this::record);
		flush(bus);
		bus.publish("news", bytes("hello"));
		assertThat(next()).isEqualTo("hello");
		free.countDown();
	}

	private static void awaitQuietly(CountDownLatch latch) {
		try {
			latch.await(10, TimeUnit.SECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	@Test
	void aDrainedReaderHandlesWhatHasArrivedAndNothingElse() throws Exception {
		Bus bus = open();
		CountDownLatch free = new CountDownLatch(1);
		CountDownLatch busy = new CountDownLatch(1);
		BusReader reader = bus.newReader();
		reader.subscribe("news", (message) -> {
			busy.countDown();
			awaitQuietly(free);
			record(message);
		});
		flush(bus);
		bus.publish("news", bytes("first"));
		bus.publish("news", bytes("second"));
		flush(bus);
		assertThat(busy.await(10, TimeUnit.SECONDS)).isTrue();
		var drained = reader.drain(Duration.ofSeconds(10));
		bus.publish("news", bytes("late"));
		assertThat(drained).isNotDone();
		free.countDown();
		assertThat(drained.get(10, TimeUnit.SECONDS)).isTrue();
		assertThat(this.received).containsExactly("first", "second");
	}

	@Test
	void aLostConnectionIsRestoredWithItsSubscriptionsAndPendingMessages() {
		Bus bus = open();
		AtomicInteger reconnects = new AtomicInteger();
		BusReader reader = bus.newReader();
		reader.subscribe("before", this::record);
		flush(bus);
		bus.onReconnect(reconnects::incrementAndGet);
		assertThat(bus.isConnected()).isTrue();
		assertThat(bus.isStable(Duration.ofHours(1))).isTrue();
		interrupt(List.of(bus));
		assertThat(bus.isConnected()).isFalse();
		assertThat(bus.isStable(Duration.ZERO)).isFalse();
		reader.subscribe("meanwhile", this::record);
		assertThat(bus.publish("before", bytes("first"))).isTrue();
		assertThat(bus.publish("meanwhile", bytes("second"))).isTrue();
		restore();
		assertThat(next()).isEqualTo("first");
		assertThat(next()).isEqualTo("second");
		Awaitility.await().untilAsserted(() -> assertThat(reconnects).hasValue(1));
		assertThat(bus.isConnected()).isTrue();
		assertThat(bus.isStable(Duration.ofHours(1))).isFalse();
		assertThat(bus.reconnects()).isOne();
	}

	@Test
	void whatHasNotLeftIsPending() {
		Bus bus = open();
		bus.newReader().subscribe("news", this::record);
		flush(bus);
		assertThat(bus.pendingBytes()).isZero();
		interrupt(List.of(bus));
		bus.publish("news", bytes("hello"));
		Awaitility.await().until(() -> bus.pendingBytes() >= "hello".length());
		restore();
		assertThat(next()).isEqualTo("hello");
		Awaitility.await().until(() -> bus.pendingBytes() == 0);
	}

	@Test
	void tooManyPendingMessagesAreDroppedAndCounted() {
		Bus bus = open();
		interrupt(List.of(bus));
		byte[] large = new byte[(int) bus.maxPayload()];
		Awaitility.await().pollInterval(Duration.ofMillis(1)).until(() -> !bus.publish("news", large));
		assertThat(bus.dropped()).isPositive();
		restore();
	}

}
