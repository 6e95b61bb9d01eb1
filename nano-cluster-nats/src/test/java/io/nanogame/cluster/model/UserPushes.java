package io.nanogame.cluster.model;

import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.stream.Collectors;

import io.nanogame.group.Audience;
import io.nanogame.group.PushReceipt;
import io.nanogame.session.Session;
import io.nanogame.user.UserLookupException;
import org.jspecify.annotations.Nullable;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The pushes and queries of a schedule, with their expected results.
 */
final class UserPushes {

	private static final String ROUTE = "onNews";

	private final ModelCluster cluster;

	private final LoginHistory history;

	private final List<UserClient> clients;

	private final Duration maxDelay;

	private final Map<ModelNode, Integer> numbers = new HashMap<>();

	private final List<Push> pushes = new ArrayList<>();

	private final List<Kick> kicks = new ArrayList<>();

	private final List<Query> queries = new ArrayList<>();

	UserPushes(ModelCluster cluster, LoginHistory history, List<UserClient> clients, Duration maxDelay) {
		this.cluster = cluster;
		this.history = history;
		this.clients = clients;
		this.maxDelay = maxDelay;
	}

	private String next(ModelNode node, String uid) {
		return "%s %s %d".formatted(node.name, uid, this.numbers.merge(node, 1, Integer::sum));
	}

	String push(ModelNode node, String uid) {
		String text = next(node, uid);
		this.pushes.add(new Push(uid, text, this.cluster.time.nanoTime(), true, null));
		node.cluster.users().push(uid, ROUTE, text);
		return text;
	}

	String pushWithReceipt(ModelNode node, String uid) {
		String text = next(node, uid);
		boolean knowsAll = node.cluster.nodes().others().size() == this.cluster.nodes.size() - 1;
		CompletableFuture<PushReceipt> receipt = node.cluster.pushes()
			.push(new Audience.Players(Set.of(uid)), ROUTE, text)
			.toCompletableFuture();
		this.pushes.add(new Push(uid, text, this.cluster.time.nanoTime(), knowsAll, receipt));
		return text;
	}

	/** The reason is the uid. */
	String kick(ModelNode node, String uid) {
		this.kicks.add(new Kick(uid, this.cluster.time.nanoTime()));
		node.cluster.users().kick(uid, uid);
		return uid;
	}

	String find(ModelNode node, String uid) {
		this.queries.add(new Query(uid, node.cluster.users().find(uid).toCompletableFuture()));
		return uid;
	}

	/** Checks the results of earlier calls, after a quiet time. */
	void check(boolean lossless) {
		this.pushes.forEach((push) -> check(push, lossless));
		if (lossless) {
			this.kicks
				.forEach((kick) -> assertThat(throughout(kick.uid(), kick.nanos())).as("kicked sessions").isEmpty());
		}
		this.queries.forEach((query) -> {
			assertThat(query.result()).as("query of %s", query.uid()).isDone();
			if (query.result().isCompletedExceptionally()) {
				assertThat(query.result()).failsWithin(Duration.ZERO)
					.withThrowableThat()
					.withCauseInstanceOf(UserLookupException.class);
			}
		});
		this.pushes.clear();
		this.kicks.clear();
		this.queries.clear();
		assertThat(this.clients).as("clients that wait for the end of the handshake").allMatch(UserClient::isDecided);
	}

	/** Returns the sessions that have a uid all the time that a message may take. */
	private List<Session> throughout(String uid, long nanos) {
		return this.history.throughout(uid, nanos, nanos + this.maxDelay.toNanos());
	}

	private void check(Push push, boolean lossless) {
		if (lossless) {
			List<Session> recipients = throughout(push.uid(), push.nanos());
			this.clients.stream()
				.filter((client) -> recipients.contains(client.session()))
				.forEach((client) -> assertThat(client.hasReceived(push.text()))
					.as("%s has received %s", client, push.text())
					.isTrue());
		}
		CompletableFuture<PushReceipt> pending = push.receipt();
		if (pending != null) {
			assertThat(pending).as("receipt of %s", push.text()).isDone();
			PushReceipt receipt = pending.join();
			Set<ModelNode> reached = this.clients.stream()
				.filter((client) -> client.hasReceived(push.text()))
				.map(UserClient::gateway)
				.collect(Collectors.toSet());
			assertThat(receipt.gateways()).as("%s of %s", receipt, push.text()).isLessThanOrEqualTo(reached.size());
			if (push.knowsAll()) {
				assertThat(receipt.gateways() + receipt.unconfirmed()).as("%s of %s", receipt, push.text())
					.isGreaterThanOrEqualTo(reached.size());
			}
		}
	}

	/** Checks the results of the last query and receipt, without faults. */
	void checkLast(ModelNode node, String uid) {
		List<Long> holders = this.history.holders(uid).stream().map(Session::id).toList();
		Query query = this.queries.get(this.queries.size() - 1);
		assertThat(query.result()).as("%s finds %s", node.name, uid).isCompleted();
		List<Long> found = query.result().join();
		assertThat(holders).containsAll(found);
		assertThat(found.isEmpty()).isEqualTo(holders.isEmpty());
		PushReceipt receipt = this.pushes.get(this.pushes.size() - 1).receipt().join();
		long gateways = this.clients.stream()
			.filter((client) -> client.session() != null && holders.contains(client.session().id()))
			.map(UserClient::gateway)
			.distinct()
			.count();
		assertThat(receipt).isEqualTo(new PushReceipt((int) gateways, 0));
	}

	private record Kick(String uid, long nanos) {
	}

	private record Query(String uid, CompletableFuture<List<Long>> result) {
	}

	/**
	 * A push.
	 *
	 * @param nanos when it was sent
	 * @param knowsAll whether the sender knew all gateways
	 * @param receipt its receipt, or null
	 */
	private record Push(String uid, String text, long nanos, boolean knowsAll,
			@Nullable CompletableFuture<PushReceipt> receipt) {
	}

}
