package io.nanogame.cluster.user;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;

import io.nanogame.cluster.bus.Topics;
import io.nanogame.cluster.frame.Frame;
import io.nanogame.cluster.frame.LoginFrame;
import io.nanogame.cluster.frame.LoginFrame.LoginPage;
import io.nanogame.cluster.frame.LoginFrame.LoginsQuery;
import io.nanogame.cluster.frame.LoginReceiver;
import io.nanogame.cluster.frame.UserFrame.LoginClaimed;
import io.nanogame.cluster.peer.Peers;
import io.nanogame.session.LoginClaim;
import io.nanogame.time.TimeSource;

/**
 * Ensures that gateways receive the logins of each other, whatever messages are lost.
 * Each publishes its new logins once every heartbeat, for all others. A gateway that has
 * missed some queries them, page by page.
 * <p>
 * Of two gateways, the one that has started earlier receives all logins of the other, and
 * compares them with its own. The later one needs only those since their first contact,
 * which the other may have received before its own. Thread-safe.
 */
final class LoginExchange implements LoginReceiver {

	/** After this time without a page, a node is considered gone for good. */
	private static final Duration MEMORY = Duration.ofHours(1);

	/** After this time without a page, a query is repeated. */
	private static final Duration RETRY = Duration.ofSeconds(1);

	private final LoginLog log;

	private final Peers peers;

	private final String subject;

	private final TimeSource time;

	private final Consumer<LoginClaim> receiver;

	private final long started;

	private final Map<String, Contact> contacts = new ConcurrentHashMap<>();

	/** The number of the last published login. Guarded by this. */
	private long published;

	/**
	 * Creates an exchange that is not started.
	 * @param log the logins of this node
	 * @param peers the other nodes
	 * @param time the time of this node
	 * @param receiver receives the claims of other nodes; must not block
	 */
	LoginExchange(LoginLog log, Peers peers, TimeSource time, Consumer<LoginClaim> receiver) {
		this.log = log;
		this.peers = peers;
		this.subject = Topics.logins();
		this.time = time;
		this.receiver = receiver;
		this.started = time.currentTimeMillis();
	}

	/** Subscribes to the logins of other gateways. */
	void listen() {
		this.peers.listen(this.subject, this::receive);
	}

	private void receive(String from, Frame frame) {
		if (frame instanceof LoginFrame login) {
			login.deliver(from, this);
		}
	}

	/**
	 * Publishes the logins since the last call, or the number of the last one, because
	 * the earlier page may be lost. Called once every heartbeat.
	 */
	synchronized void publish() {
		long now = this.time.nanoTime();
		this.contacts.values().removeIf((contact) -> now - contact.nanos() > MEMORY.toNanos());
		long last = this.log.last();
		if (last == 0) {
			return;
		}
		do {
			LoginLog.Page page = this.log.after(this.published);
			this.published = page.upTo();
			this.peers.publish(this.subject, frame(page.after(), page, page.upTo()));
		}
		while (this.published < last);
	}

	private static LoginPage frame(long after, LoginLog.Page page, long last) {
		return new LoginPage(after, page.upTo(), last,
				page.claims()
					.stream()
					.map((claim) -> new LoginClaimed(claim.uid(), claim.stamp(), claim.session()))
					.toList());
	}

	@Override
	public void page(String from, LoginPage page) {
		Contact contact = contact(from);
		page.claims()
			.forEach((claim) -> this.receiver.accept(new LoginClaim(claim.uid(), claim.stamp(), claim.session())));
		long number = contact.number();
		if (page.after() <= number) {
			number = Math.max(number, page.upTo());
		}
		long now = this.time.nanoTime();
		boolean isOpen = contact.asked() == number && now - contact.askedNanos() < RETRY.toNanos();
		boolean asks = number < page.last() && !isOpen;
		this.contacts.put(from, new Contact(number, contact.first(), now, asks ? number : contact.asked(),
				asks ? now : contact.askedNanos()));
		if (asks) {
			this.peers.to(from).send(new LoginsQuery(this.started, number));
		}
	}

	private Contact contact(String node) {
		return this.contacts.computeIfAbsent(node,
				(id) -> new Contact(0, this.log.last(), this.time.nanoTime(), -1, 0));
	}

	@Override
	public void queried(String from, LoginsQuery query) {
		Contact contact = contact(from);
		boolean isFirst = query.after() == 0 && isEarlierThan(from, query.started());
		LoginLog.Page page = this.log.after(isFirst ? contact.first() : query.after());
		this.peers.to(from).send(frame(query.after(), page, this.log.last()));
	}

	private boolean isEarlierThan(String node, long nodeStarted) {
		return (this.started != nodeStarted) ? this.started < nodeStarted : this.peers.self().compareTo(node) < 0;
	}

	/**
	 * What this node knows of another gateway.
	 *
	 * @param number the number of its last received login
	 * @param first the number of the last login of this node before the contact
	 * @param nanos when its last page was received
	 * @param asked the number after which it was queried last; -1 before
	 * @param askedNanos when it was queried last
	 */
	private record Contact(long number, long first, long nanos, long asked, long askedNanos) {
	}

}
