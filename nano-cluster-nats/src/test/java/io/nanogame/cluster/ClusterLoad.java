package io.nanogame.cluster;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

import io.nanogame.client.ErrorResponseException;
import io.nanogame.client.NanoClient;
import io.nanogame.cluster.ForwardingTests.Text;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients of several gateways, without a login, that send requests to backends all the
 * time, with a ledger of their replies.
 */
final class ClusterLoad implements AutoCloseable {

	private static final Logger log = LoggerFactory.getLogger(ClusterLoad.class);

	/** Longer than the request timeout of nodes, which reply with 408 then. */
	private static final Duration REPLY = Duration.ofSeconds(20);

	/** Time of threads that wait for a processor. */
	private static final Duration SLACK = Duration.ofSeconds(1);

	private final ScheduledExecutorService thread = Executors.newSingleThreadScheduledExecutor();

	private final List<NanoClient> clients = new ArrayList<>();

	private final List<CloseReason> closed = new CopyOnWriteArrayList<>();

	private final Queue<Sent> ledger = new ConcurrentLinkedQueue<>();

	private final long pauseNanos;

	private int next;

	private volatile long lastSent;

	private long fault;

	private long healed;

	/**
	 * Connects the clients.
	 * @param gateways the gateways, with the same number of clients each
	 * @param count the number of clients
	 * @param rate requests a second
	 */
	ClusterLoad(List<TestNode> gateways, int count, int rate) {
		this.pauseNanos = TimeUnit.SECONDS.toNanos(1) / rate;
		for (TestNode gateway : gateways) {
			gateway.sessions.addListener(new SessionListener() {

				@Override
				public void closed(Session session, CloseReason reason) {
					if (session.uid() == null) {
						ClusterLoad.this.closed.add(reason);
					}
				}

			});
		}
		for (int i = 0; i < count; i++) {
			this.clients.add(gateways.get(i % gateways.size()).client(REPLY));
		}
	}

	void start() {
		this.thread.scheduleAtFixedRate(this::send, 0, this.pauseNanos, TimeUnit.NANOSECONDS);
	}

	private void send() {
		NanoClient client = this.clients.get(this.next++ % this.clients.size());
		Sent sent = new Sent(System.nanoTime());
		this.ledger.add(sent);
		client.request("room.echo", new Text("x"), Text.class)
			.subscribe((text) -> sent.end("200"),
					(failure) -> sent.end((failure instanceof ErrorResponseException error) ? error.code()
							: failure.getClass().getSimpleName()));
		this.lastSent = sent.nanos;
	}

	/** Begins a fault. */
	void fault() {
		this.ledger.removeIf((sent) -> sent.code != null);
		this.fault = System.nanoTime();
		this.healed = this.fault;
	}

	/** The fault has lasted until now. */
	void healed() {
		this.healed = System.nanoTime();
	}

	/** Waits until requests were sent after a time from now, which takes that long. */
	void awaitAfter(Duration time) {
		long until = System.nanoTime() + time.toNanos();
		Awaitility.await().atMost(time.plusSeconds(10)).until(() -> this.lastSent - until > 0);
	}

	/**
	 * Checks what the clients have seen since the fault.
	 * @param name describes the fault
	 * @param patience requests that are sent later must succeed
	 */
	void check(String name, Duration patience) {
		long now = System.nanoTime();
		Awaitility.await()
			.atMost(REPLY.plus(REPLY))
			.untilAsserted(() -> assertThat(this.ledger.stream().filter((sent) -> sent.nanos - now < 0))
				.as("%s: requests without a reply", name)
				.noneMatch((sent) -> sent.code == null));
		List<Sent> failed = this.ledger.stream()
			.filter((sent) -> sent.code != null && !sent.code.equals("200"))
			.sorted(Comparator.comparingLong((sent) -> sent.nanos))
			.toList();
		log.info("{}: {} requests, {} failed: {}", name, this.ledger.size(), failed.size(),
				failed.stream().map(this::describe).toList());
		assertThat(this.closed).as("%s: closed sessions", name).isEmpty();
		assertThat(failed).as("%s: failed requests", name).allSatisfy((sent) -> {
			assertThat(sent.code).isIn("503", "408");
			assertThat(sent.endNanos).as("reply to %s", describe(sent)).isGreaterThan(this.fault);
			assertThat(sent.nanos - this.healed).as("request %s", describe(sent))
				.isLessThan(patience.plus(SLACK).toNanos());
		});
	}

	/** Code and time in milliseconds since the fault. */
	private String describe(Sent sent) {
		return sent.code + "@" + TimeUnit.NANOSECONDS.toMillis(sent.nanos - this.fault);
	}

	@Override
	public void close() {
		this.thread.shutdownNow();
		this.clients.forEach(NanoClient::close);
	}

	/** A request, with the code of its reply. */
	private static final class Sent {

		private final long nanos;

		private volatile long endNanos;

		private volatile @Nullable String code;

		Sent(long nanos) {
			this.nanos = nanos;
		}

		void end(String result) {
			this.endNanos = System.nanoTime();
			this.code = result;
		}

	}

}
