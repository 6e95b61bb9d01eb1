package io.nanogame.cluster;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;

import io.nanogame.service.Offer;
import io.nanogame.service.ServiceException;
import io.nanogame.test.NatsServer;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

/**
 * The services of a node that is drained, and whose drain is undone.
 */
class ServiceDrainTests {

	private final NatsServer nats = new NatsServer();

	private final TestNode caller = TestNode.backend(this.nats, "caller");

	private final TestNode bank = TestNode.backend(this.nats, "bank");

	private final OwnLedger ledger = new OwnLedger("bank");

	private final Ledger any = this.caller.services.any(Ledger.class);

	private Offer<Ledger> offer;

	@BeforeEach
	void start() {
		nodes().forEach(TestNode::start);
		this.offer = this.bank.services.offer(Ledger.class, this.ledger);
		this.bank.flush();
	}

	@AfterEach
	void stop() {
		nodes().forEach(TestNode::close);
		this.nats.close();
	}

	private List<TestNode> nodes() {
		return List.of(this.caller, this.bank);
	}

	private NodeDrain drain() {
		return this.bank.cluster.drain();
	}

	private void undo() {
		assertThat(drain().undo()).isTrue();
		this.bank.flush();
	}

	private void assertNotThere() {
		assertThatExceptionOfType(ServiceException.class).isThrownBy(this.any::where)
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ServiceException.NOT_THERE));
	}

	@Test
	void itReceivesNoCallsUntilTheDrainIsUndone() {
		assertThat(this.any.where()).isEqualTo("bank");
		drain().begin();
		assertNotThere();
		undo();
		assertThat(this.any.where()).isEqualTo("bank");
		drain().begin();
		assertNotThere();
	}

	@Test
	void theProgressCountsTheCallsThatHaveArrived() throws Exception {
		CompletableFuture<String> call = this.any.hang();
		CompletableFuture<String> result = this.ledger.hanging.poll(5, TimeUnit.SECONDS);
		drain().begin();
		assertThat(drain().progress().calls()).isOne();
		Awaitility.await().during(Duration.ofMillis(500)).until(() -> !drain().progress().drained());
		result.complete("done");
		assertThat(call.get(5, TimeUnit.SECONDS)).isEqualTo("done");
		Awaitility.await().until(() -> drain().progress().drained());
		assertThat(drain().progress().calls()).isZero();
	}

	@Test
	void aCallThatHasArrivedIsCompletedAlsoIfTheDrainIsUndone() throws Exception {
		CompletableFuture<String> call = this.any.hang();
		CompletableFuture<String> result = this.ledger.hanging.poll(5, TimeUnit.SECONDS);
		drain().begin();
		undo();
		result.complete("done");
		assertThat(call.get(5, TimeUnit.SECONDS)).isEqualTo("done");
	}

	@Test
	void aServiceThatIsOfferedMeanwhileCanBeCalledAfterwards() {
		this.offer.close();
		drain().begin();
		this.bank.services.offer(Ledger.class, this.ledger);
		this.bank.flush();
		assertNotThere();
		undo();
		assertThat(this.any.where()).isEqualTo("bank");
	}

	@Test
	void aServiceThatIsWithdrawnMeanwhileIsNotOfferedAgain() {
		drain().begin();
		this.offer.close();
		undo();
		assertNotThere();
		assertThat(this.bank.cluster.services().names()).isEmpty();
	}

	@Test
	void itReceivesCallsThatAreForItOrForAll() throws Exception {
		Ledger there = this.caller.services.on(Ledger.class, this.bank.cluster.nodes().self().id());
		drain().begin();
		assertThat(there.where()).isEqualTo("bank");
		this.caller.services.all(Ledger.class).note("for all");
		assertThat(this.ledger.notes.poll(5, TimeUnit.SECONDS)).isEqualTo("for all");
		this.bank.cluster.close();
		Awaitility.await().until(() -> this.caller.cluster.nodes().others().isEmpty());
		assertThatExceptionOfType(ServiceException.class).isThrownBy(there::where)
			.satisfies((ex) -> assertThat(ex.code()).isEqualTo(ServiceException.NOT_THERE));
	}

	@Test
	void callsForItArriveOnceAndInOrderWhileItIsDrainedAndUndone() throws Exception {
		Ledger there = this.caller.services.on(Ledger.class, this.bank.cluster.nodes().self().id());
		CompletableFuture<Void> sent = CompletableFuture.runAsync(() -> {
			for (int i = 0; i < 2000; i++) {
				there.note("" + i);
			}
		});
		while (!sent.isDone()) {
			drain().begin();
			undo();
		}
		sent.join();
		for (int i = 0; i < 2000; i++) {
			assertThat(this.ledger.notes.poll(5, TimeUnit.SECONDS)).isEqualTo("" + i);
		}
		assertThat(this.ledger.notes).isEmpty();
	}

	@Test
	void aCallToAllIsReceivedOnceAfterADrain() throws Exception {
		drain().begin();
		undo();
		this.caller.services.all(Ledger.class).note("first");
		this.caller.services.all(Ledger.class).note("second");
		assertThat(this.ledger.notes.poll(5, TimeUnit.SECONDS)).isEqualTo("first");
		assertThat(this.ledger.notes.poll(5, TimeUnit.SECONDS)).isEqualTo("second");
	}

}
