package io.nanogame.cluster.peer;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentSkipListSet;
import java.util.function.LongPredicate;

import io.nanogame.node.Node;
import io.nanogame.node.NodeListener;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.Session;
import io.nanogame.session.SessionListener;

/**
 * The forms of payloads that clients have, besides that of the server's payloads. Each
 * node announces those of its clients, so a push whose receivers are not known is written
 * in the forms that are in use on other nodes only. Thread-safe.
 */
public final class UsedForms implements SessionListener, NodeListener {

	private final LongPredicate isOwn;

	private final Payloads server;

	private final Runnable changed;

	/** Those that clients of this node have had since it has started. */
	private final Set<String> own = new ConcurrentSkipListSet<>();

	private final Map<String, Set<String>> byNode = new ConcurrentHashMap<>();

	/** Those on other nodes. Replaced under the lock. */
	private volatile Set<String> others = Set.of();

	/**
	 * Creates the forms of a cluster without clients.
	 * @param isOwn recognises sessions of this node by their ids
	 * @param server the payloads that all nodes have in common
	 * @param changed called when {@link #own()} has changed; must not block
	 */
	public UsedForms(LongPredicate isOwn, Payloads server, Runnable changed) {
		this.isOwn = isOwn;
		this.server = server;
		this.changed = changed;
	}

	/**
	 * Returns the forms that clients of this node have had since it has started.
	 * @return a copy
	 */
	public Set<String> own() {
		return new TreeSet<>(this.own);
	}

	/**
	 * Returns the forms that clients of other nodes have had, as these have announced
	 * them.
	 * @return an unmodifiable snapshot
	 */
	public Set<String> ofOthers() {
		return this.others;
	}

	@Override
	public void opened(Session session) {
		String form = session.payloads().form();
		if (form != null && session.payloads() != this.server && this.isOwn.test(session.id()) && this.own.add(form)) {
			this.changed.run();
		}
	}

	@Override
	public void up(Node node) {
		this.byNode.put(node.id(), node.clientSerializers());
		update();
	}

	@Override
	public void changed(Node before, Node after) {
		up(after);
	}

	@Override
	public void down(Node node) {
		this.byNode.remove(node.id());
		update();
	}

	private synchronized void update() {
		Set<String> all = new TreeSet<>();
		this.byNode.values().forEach(all::addAll);
		this.others = Set.copyOf(all);
	}

}
