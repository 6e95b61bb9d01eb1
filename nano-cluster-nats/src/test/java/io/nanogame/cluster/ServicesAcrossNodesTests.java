package io.nanogame.cluster;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.nanogame.cluster.Ledger.Entry;
import io.nanogame.cluster.bus.Subjects;
import io.nanogame.cluster.bus.Topics;
import io.nanogame.cluster.bus.nats.NatsBus;
import io.nanogame.cluster.service.ClusterClaims;
import io.nanogame.cluster.service.ClusterServices;
import io.nanogame.observe.ServerEvents;
import io.nanogame.serialize.Payloads;
import io.nanogame.serialize.RawSerializer;
import io.nanogame.serialize.SerializationException;
import io.nanogame.service.NanoService;
import io.nanogame.service.Offer;
import io.nanogame.service.ServiceException;
import io.nanogame.service.Services;
import io.nanogame.test.NatsServer;
import io.nanogame.trace.Tracing;
import io.nats.client.Message;
import io.nats.client.Options;
import io.nats.client.Subscription;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

/**
 * A node that calls, and two others with services.
 */
class ServicesAcrossNodesTests {

	private static final Duration SOON = Duration.ofSeconds(5);

	private final NatsServer nats = new NatsServer();

	private final TestNode caller = TestNode.backend(this.nats, "caller");

	private final TestNode first = TestNode.backend(this.nats, "first");

	private final TestNode second = TestNode.backend(this.nats, "second");

	private final OwnLedger firstLedger = new OwnLedger("first");

	private final OwnLedger secondLedger = new OwnLedger("second");

	private final Ledger any = this.caller.services.any(Ledger.class);

	@BeforeEach
	void start() {
		for (TestNode node : nodes()) {
			node.start();
		}
	}

	@AfterEach
	void stop() {
		for (TestNode node : nodes()) {
			node.close();
		}
		this.nats.close();
	}

	private List<TestNode> nodes() {
		return List.of(this.caller, this.first, this.second);
	}

	private Offer<Ledger> offerAtFirst() {
		return offer(this.first, this.firstLedger);
	}

	private Offer<Ledger> offerAtSecond() {
		return offer(this.second, this.secondLedger);
	}

	/** NATS knows of it when it has answered what was said behind it. */
	private static Offer<Ledger> offer(TestNode node, OwnLedger ledger) {
		Offer<Ledger> offer = node.services.offer(Ledger.class, ledger);
		node.flush();
		return offer;
	}

	private static String id(TestNode node) {
		return node.cluster.nodes().self().id();
	}

	/** A caller with little time. */
	private Ledger hurried(Duration timeout) {
		Services services = new Services(this.caller.lanes, this.caller.timers, timeout, List.of(), ServerEvents.NONE,
				Tracing.NONE);
		services.join(this.caller.cluster.services());
		return services.any(Ledger.class);
	}

	private static int failure(CompletableFuture<?> answer) {
		try {
			throw new AssertionError("Not a failure: " + answer.get(5, TimeUnit.SECONDS));
		}
		catch (ExecutionException ex) {
			return ((ServiceException) ex.getCause()).code();
		}
		catch (InterruptedException | TimeoutException ex) {
			throw new AssertionError(ex);
		}
	}

	@Test
	void argumentsAndResultsTravel() {
		offerAtFirst();
		assertThat(this.any.add(new Entry("ann", 3), 4)).isEqualTo(new Entry("ann", 7));
		assertThat(this.any.entries("ann")).succeedsWithin(SOON).isEqualTo(List.of(new Entry("ann", 1)));
		assertThat(this.any.entries(null)).succeedsWithin(SOON).isNull();
		assertThat(this.any.bytes(1000)).hasSize(1000);
	}

	@Test
	void aCallOfAnotherVersionIsRefusedAtOnce() throws Exception {
		offerAtFirst();
		Subjects later = new Subjects("test", "later-1");
		String replies = Topics.answer("later-1", "1");
		Subscription subscription = this.caller.connection().subscribe(later.all(replies));
		this.caller.connection()
			.publish(later.own(Topics.service("ledger of all.things")), later.own(replies), new byte[] { 9, 1 });
		Message answer = subscription.nextMessage(SOON);
		assertThat(answer).isNotNull();
		assertThat(answer.isStatusMessage()).isFalse();
		assertThat(new String(answer.getData(), StandardCharsets.UTF_8)).contains("another version of calls");
	}

	@Test
	void whatIsSentArrives() throws Exception {
		offerAtFirst();
		this.any.note("hello");
		assertThat(this.firstLedger.notes.poll(5, TimeUnit.SECONDS)).isEqualTo("hello");
	}

	@Test
	void anyNodeThatHasItAnswersAndOneOfThemOnly() {
		offerAtFirst();
		offerAtSecond();
		Set<String> answered = new HashSet<>();
		for (int i = 0; i < 100; i++) {
			answered.add(this.any.where());
		}
		assertThat(answered).containsExactlyInAnyOrder("first", "second");
	}

	@Test
	void theOwnNodeComesFirst() {
		offerAtFirst();
		offer(this.caller, new OwnLedger("caller"));
		for (int i = 0; i < 20; i++) {
			assertThat(this.any.where()).isEqualTo("caller");
		}
	}

	@Test
	void aNodeCanBeNamed() {
		offerAtFirst();
		offerAtSecond();
		assertThat(this.caller.services.on(Ledger.class, id(this.second)).where()).isEqualTo("second");
		assertThat(this.second.services.on(Ledger.class, id(this.second)).where()).isEqualTo("second");
		assertThatExceptionOfType(ServiceException.class)
			.isThrownBy(() -> this.first.services.on(Ledger.class, id(this.caller)).where())
			.withMessage("Nobody offers the service 'ledger of all.things' on node " + id(this.caller));
	}

	@Test
	void allNodesHearWhatIsSentToAll() throws Exception {
		OwnLedger room = new OwnLedger("room");
		OwnLedger own = new OwnLedger("caller");
		offerAtFirst();
		offerAtSecond();
		offer(this.caller, own);
		this.second.services.offer(Ledger.class, "room", room, this.second.lanes.create("room"));
		this.second.flush();
		this.caller.services.all(Ledger.class).note("hello");
		for (OwnLedger ledger : List.of(this.firstLedger, this.secondLedger, room, own)) {
			assertThat(ledger.notes.poll(5, TimeUnit.SECONDS)).isEqualTo("hello");
		}
		this.caller.services.on(Ledger.class, id(this.first)).note("behind it");
		assertThat(this.firstLedger.notes.poll(5, TimeUnit.SECONDS)).isEqualTo("behind it");
		assertThat(own.notes).isEmpty();
	}

	@Test
	void anInstanceIsFoundByItsNameWhereverItIs() {
		Offer<Ledger> room = this.second.services.offer(Ledger.class, "tea. room >*", this.secondLedger,
				this.second.lanes.create("room"));
		this.second.flush();
		Ledger there = this.caller.services.at(Ledger.class, "tea. room >*");
		assertThat(there.where()).isEqualTo("second");
		assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> this.any.where())
			.withMessage("Nobody offers the service 'ledger of all.things'");
		room.close();
		this.second.flush();
		assertThatExceptionOfType(ServiceException.class).isThrownBy(there::where)
			.withMessage("Nobody offers the service 'ledger of all.things' named 'tea. room >*'")
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ServiceException.NO_SUCH_INSTANCE));
	}

	@Test
	void withoutAnInstanceNatsAnswersItself() {
		assertThat(failure(this.any.count(1))).isEqualTo(ServiceException.NOT_THERE);
	}

	@Test
	void aServiceOnANewNodeIsFoundAtOnce() {
		TestNode late = TestNode.backend(this.nats, "late").start();
		try {
			offer(late, new OwnLedger("late"));
			assertThat(this.any.where()).isEqualTo("late");
			Awaitility.await()
				.until(() -> this.caller.cluster.nodes()
					.find(id(late))
					.filter((node) -> node.services().contains("ledger of all.things"))
					.isPresent());
		}
		finally {
			late.close();
		}
	}

	@Test
	void aRefusalTravelsAndAnyOtherFailureStaysWhereItWas() {
		offerAtFirst();
		assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> this.any.refuse("locked"))
			.withMessage("locked")
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(423));
		assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> this.any.fail("a secret"))
			.withMessage("Method 'fail' of the service 'ledger of all.things' failed")
			.withNoCause()
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ServiceException.FAILED));
	}

	@Test
	void theTimeEndsAtBothEnds() throws Exception {
		offerAtFirst();
		CompletableFuture<String> answer = hurried(Duration.ofSeconds(2)).hang();
		CompletableFuture<String> hanging = this.firstLedger.hanging.poll(5, TimeUnit.SECONDS);
		assertThat(failure(answer)).isEqualTo(ServiceException.NO_ANSWER);
		Awaitility.await().until(hanging::isCancelled);
	}

	@Test
	void theTimeOutOfACallerTravels() throws Exception {
		offerAtFirst();
		CompletableFuture<String> answer = Services.withTimeout(this.any, Duration.ofMillis(500)).hang();
		CompletableFuture<String> hanging = this.firstLedger.hanging.poll(5, TimeUnit.SECONDS);
		assertThat(failure(answer)).isEqualTo(ServiceException.NO_ANSWER);
		Awaitility.await().atMost(Duration.ofSeconds(2)).until(hanging::isCancelled);
		Ledger patient = Services.withTimeout(this.any, Duration.ofSeconds(30));
		CompletableFuture<String> slow = CompletableFuture.supplyAsync(() -> patient.slow(4000));
		assertThat(slow).as("longer than the time-out of the other callers").succeedsWithin(Duration.ofSeconds(20));
	}

	@Test
	void aCallerMaySelectTheNode() {
		offerAtFirst();
		offerAtSecond();
		Awaitility.await()
			.until(() -> this.caller.cluster.nodes()
				.others()
				.stream()
				.filter((node) -> node.services().contains("ledger of all.things"))
				.count() == 2);
		Ledger named = this.caller.services.on(Ledger.class,
				(nodes) -> nodes.stream().filter((node) -> node.name().equals("second")).findFirst().orElseThrow());
		assertThat(named.where()).isEqualTo("second");
		this.second.cluster.drain().begin();
		Awaitility.await().ignoreExceptions().until(() -> named.where().equals("first"));
	}

	@Test
	void whatCameTooLateToBeBegunIsNotDone() throws Exception {
		offerAtFirst();
		Ledger there = this.caller.services.on(Ledger.class, id(this.first));
		CompletableFuture<String> slow = CompletableFuture.supplyAsync(() -> there.slow(2500));
		Awaitility.await().until(() -> this.firstLedger.isSlow);
		assertThat(failure(hurried(Duration.ofMillis(300)).count(7))).isEqualTo(ServiceException.NO_ANSWER);
		Awaitility.await().until(() -> this.first.cluster.services().underWay() == 1);
		there.note("behind it");
		this.firstLedger.hurry.countDown();
		assertThat(slow).succeedsWithin(SOON).isEqualTo("at last");
		assertThat(this.firstLedger.notes.poll(5, TimeUnit.SECONDS)).isEqualTo("behind it");
		assertThat(this.firstLedger.counted).isEmpty();
	}

	@Test
	void aCancelledRequestIsCancelledThere() throws Exception {
		offerAtFirst();
		offerAtSecond();
		CompletableFuture<String> answer = this.any.hang();
		Awaitility.await().until(() -> this.firstLedger.hanging.size() + this.secondLedger.hanging.size() == 1);
		answer.cancel(true);
		List<CompletableFuture<String>> hanging = new ArrayList<>(this.firstLedger.hanging);
		hanging.addAll(this.secondLedger.hanging);
		Awaitility.await().atMost(Duration.ofSeconds(2)).until(() -> hanging.get(0).isCancelled());
	}

	@Test
	void aNodeThatLeavesFinishesWhatHasArrivedAndTheNextCallsGoElsewhere() throws Exception {
		offerAtFirst();
		CompletableFuture<String> hanging = this.any.hang();
		CompletableFuture<String> result = this.firstLedger.hanging.poll(5, TimeUnit.SECONDS);
		offerAtSecond();
		this.first.cluster.drain().stop();
		for (int i = 0; i < 50; i++) {
			assertThat(this.any.where()).isEqualTo("second");
		}
		result.complete("done");
		assertThat(hanging).succeedsWithin(SOON).isEqualTo("done");
	}

	@Test
	void ofANodeThatIsKilledNoAnswerIsWaitedFor() {
		try (NodeProcess process = NodeProcess.start(this.nats, "process")) {
			String id = Awaitility.await()
				.until(() -> this.caller.cluster.nodes()
					.others()
					.stream()
					.filter((node) -> node.name().equals("process") && !node.services().isEmpty())
					.findFirst(), Optional::isPresent)
				.orElseThrow()
				.id();
			CompletableFuture<String> answer = this.caller.services.on(Ledger.class, id).hang();
			assertThat(this.any.where()).isEqualTo("process");
			process.kill();
			assertThat(answer).failsWithin(SOON)
				.withThrowableThat()
				.havingCause()
				.isInstanceOf(ServiceException.class)
				.withMessageStartingWith("The node is gone");
			assertThat(failure(this.any.count(1))).isEqualTo(ServiceException.NOT_THERE);
		}
	}

	@Test
	void whatIsTooLongForNatsIsRefused() {
		offerAtFirst();
		assertThatExceptionOfType(SerializationException.class).isThrownBy(() -> this.any.fail("x".repeat(2_000_000)))
			.withMessageContaining("max_payload");
		assertThatExceptionOfType(SerializationException.class).isThrownBy(() -> this.any.note("x".repeat(2_000_000)))
			.withMessageContaining("max_payload");
		assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> this.any.bytes(2_000_000))
			.withMessage("The result of the service 'ledger of all.things' cannot travel");
	}

	@Test
	void anInterfaceThatDiffersIsAnsweredClearly() {
		offerAtFirst();
		OtherLedger other = this.caller.services.any(OtherLedger.class);
		assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> other.burn())
			.withMessage("The service 'ledger of all.things' has no method 'burn' there");
		assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> other.where(1))
			.withMessage("Method 'where' takes 0 arguments there, not 1");
		assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> other.slow("no number"))
			.withMessage("The arguments of method 'slow' cannot be read there")
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ServiceException.BAD_ARGUMENTS));
		assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> other.refuse("why")).withMessage("why");
	}

	@Test
	void aLocalServiceIsForItsOwnNodeOnly() {
		this.first.services.offer(Secret.class, () -> "hidden");
		this.first.flush();
		assertThat(this.first.services.any(Secret.class).tell()).isEqualTo("hidden");
		assertThatExceptionOfType(ServiceException.class)
			.isThrownBy(() -> this.caller.services.any(Secret.class).tell())
			.withMessage("Nobody offers the service 'secret'");
		assertThat(this.first.cluster.services().names()).isEmpty();
	}

	@Test
	void withoutNatsOwnServicesAreCalledAndOthersAreNotThere() throws Exception {
		offerAtFirst();
		this.nats.kill();
		Awaitility.await()
			.untilAsserted(() -> assertThat(failure(this.any.count(1))).isEqualTo(ServiceException.NOT_THERE));
		assertThat(this.first.services.any(Ledger.class).where()).isEqualTo("first");
		assertThat(this.first.services.on(Ledger.class, id(this.first)).where()).isEqualTo("first");
		assertThatExceptionOfType(ServiceException.class).isThrownBy(() -> this.any.note("lost"))
			.withMessageContaining("The connection to NATS is lost");
		this.first.services.all(Ledger.class).note("here at least");
		assertThat(this.firstLedger.notes.poll(5, TimeUnit.SECONDS)).isEqualTo("here at least");
		assertThatExceptionOfType(ServiceException.class).as("not even here")
			.isThrownBy(() -> this.caller.services.all(Ledger.class).note("lost"));
		assertThatExceptionOfType(ServiceException.class)
			.isThrownBy(() -> this.caller.services.at(Ledger.class, "room").where())
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ServiceException.NOT_THERE));
		this.nats.start();
		Awaitility.await().ignoreExceptions().until(() -> this.any.where().equals("first"));
	}

	@Test
	void aServiceWhoseArgumentsCannotBeReadIsNotOffered() {
		try (NatsBus link = NatsBus.connect(Options.builder().server(this.nats.url()))) {
			this.caller.services.join(new ClusterServices("raw-1", link, link.newReader(),
					new Subjects("test", "raw-1"), new Payloads(new RawSerializer()), () -> {
					}, new ClusterClaims("raw-1", link.newLeases("unused", Duration.ofSeconds(1)),
							Duration.ofSeconds(1), this.caller.timers.time(), Runnable::run)));
			assertThatIllegalArgumentException()
				.isThrownBy(() -> this.caller.services.offer(Ledger.class, this.firstLedger))
				.withMessageContaining("The raw serializer reads byte[] and String");
			assertThat(this.caller.services.names()).isEmpty();
		}
	}

	@NanoService("ledger of all.things")
	interface OtherLedger {

		void unused();

		String burn();

		String where(int number);

		String slow(String words);

		int refuse(String why);

	}

	@NanoService(value = "secret", local = true)
	interface Secret {

		String tell();

	}

}
