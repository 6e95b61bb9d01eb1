package io.nanogame.cluster.group;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.function.Consumer;

import io.nanogame.cluster.frame.GroupNumber;
import io.nanogame.cluster.frame.PresenceFrame.PresenceNumbers;
import io.nanogame.cluster.frame.PresenceFrame.PresenceOffer;
import io.nanogame.cluster.frame.PresenceFrame.PresenceQuery;
import io.nanogame.cluster.frame.PresenceReceiver;
import io.nanogame.node.Node;

/**
 * Compares the members of all groups with other nodes. Changes are published to the nodes
 * that use the group, where they may be lost. So a gateway sends the numbers of the
 * groups that have changed to all nodes that use groups, once a heartbeat, and a node
 * sends the groups that it has opened to all gateways. Both are messages whose loss is
 * noticed. Thread-safe.
 */
final class PresencePeers implements PresenceReceiver {

	private static final Duration GONE = Duration.ofMinutes(10);

	private final GroupHost host;

	private final MemberNumbers numbers;

	private final Executor later;

	/** The nodes that are up: true for gateways. */
	private final Map<String, Boolean> nodes = new ConcurrentHashMap<>();

	/** When nodes went down, in nanoseconds of the time. */
	private final Map<String, Long> downSince = new ConcurrentHashMap<>();

	/** The nodes that use groups, as they have reported to this gateway. */
	private final Set<String> listening = ConcurrentHashMap.newKeySet();

	/** The groups whose own members have changed since the last check. */
	private final Set<String> changed = ConcurrentHashMap.newKeySet();

	/** The groups that were opened since the last check. */
	private final Set<String> opened = ConcurrentHashMap.newKeySet();

	/** The gateways whose groups will be compared. */
	private final Set<String> comparing = ConcurrentHashMap.newKeySet();

	/** Whether the game of this node has used a group. */
	private volatile boolean uses;

	/** Whether this node has had own members of a group. */
	private volatile boolean hadMembers;

	PresencePeers(GroupHost host, MemberNumbers numbers, Executor later) {
		this.host = host;
		this.numbers = numbers;
		this.later = later;
	}

	boolean isUp(String node) {
		return this.nodes.containsKey(node);
	}

	boolean isGateway(String node) {
		return this.nodes.getOrDefault(node, false);
	}

	/** Returns false for a backend, and for a node that is down. */
	boolean mayHaveClients(String node) {
		return this.nodes.getOrDefault(node, !this.downSince.containsKey(node));
	}

	void forEachNode(Consumer<String> action) {
		this.nodes.keySet().forEach(action);
	}

	private void forEachGateway(Consumer<String> action) {
		this.nodes.forEach((node, isGateway) -> {
			if (isGateway) {
				action.accept(node);
			}
		});
	}

	/** The game of this node uses a group. Returns whether there are gateways. */
	boolean opened(String group) {
		this.uses = true;
		this.opened.add(group);
		return this.nodes.containsValue(true);
	}

	/** Own members of a group have changed, and its number. */
	void changed(String group) {
		this.hadMembers = true;
		if (!this.listening.isEmpty()) {
			this.changed.add(group);
		}
	}

	void up(Node node) {
		this.nodes.put(node.id(), node.gateway());
		this.downSince.remove(node.id());
		if (this.hadMembers) {
			this.host.sendSoon(node.id(), new PresenceOffer(), this.later);
		}
		compare(node.id());
	}

	void down(String node) {
		this.nodes.remove(node);
		this.downSince.put(node, this.host.nanoTime());
		this.listening.remove(node);
	}

	/** Queries what is different on a gateway. */
	void compare(String node) {
		if (isGateway(node)) {
			queryAllLater(node);
		}
	}

	/** On another thread and once, because there may be many groups. */
	private void queryAllLater(String gateway) {
		if (this.uses && this.comparing.add(gateway)) {
			this.later.execute(() -> {
				this.comparing.remove(gateway);
				queryAll(gateway);
			});
		}
	}

	private void queryAll(String gateway) {
		query(gateway, this.numbers.knownNumbers(gateway));
		this.host.sendSoon(gateway, new PresenceQuery(true, List.of()), this.later);
	}

	/** Sends a query of some groups to a gateway. */
	void query(String gateway, List<GroupNumber> known) {
		parts(known).forEach((part) -> this.host.sendSoon(gateway, new PresenceQuery(false, part), this.later));
	}

	/** Sends the numbers of changed groups, and queries opened ones. Once a heartbeat. */
	void check() {
		List<GroupNumber> own = drain(this.changed).stream().map(this.numbers::ownNumber).toList();
		this.listening.stream().filter(this::isUp).forEach((node) -> sendNumbers(node, own));
		List<String> asked = drain(this.opened);
		forEachGateway((gateway) -> query(gateway,
				asked.stream().map((group) -> this.numbers.knownNumber(gateway, group)).toList()));
	}

	/** Removes each element before it is used, because a later change adds it again. */
	private static List<String> drain(Set<String> elements) {
		List<String> all = new ArrayList<>();
		for (String each : elements) {
			elements.remove(each);
			all.add(each);
		}
		return all;
	}

	/** Returns the nodes that have been down for a long time: they do not return. */
	List<String> removeLost() {
		long now = this.host.nanoTime();
		List<String> lost = new ArrayList<>();
		this.downSince.forEach((node, since) -> {
			if (now - since > GONE.toNanos() && this.downSince.remove(node, since)) {
				lost.add(node);
			}
		});
		return lost;
	}

	private void sendNumbers(String node, List<GroupNumber> all) {
		parts(all).forEach((part) -> this.host.sendSoon(node, new PresenceNumbers(part), this.later));
	}

	/** Returns the parts of a list that are short enough for a frame. */
	private List<List<GroupNumber>> parts(List<GroupNumber> all) {
		List<List<GroupNumber>> parts = new ArrayList<>();
		long length = 0;
		for (GroupNumber number : all) {
			if (parts.isEmpty() || length + number.maxLength() > this.host.partLength()) {
				parts.add(new ArrayList<>());
				length = 0;
			}
			parts.get(parts.size() - 1).add(number);
			length += number.maxLength();
		}
		return parts;
	}

	@Override
	public void offered(String from) {
		queryAllLater(from);
	}

	@Override
	public void queried(String from, PresenceQuery query) {
		queried(from, query.known(), query.all());
	}

	/** Replies on another thread, because there may be many members. */
	void queried(String from, List<GroupNumber> known, boolean all) {
		boolean isNew = this.listening.add(from);
		this.later.execute(() -> {
			known.forEach((number) -> this.numbers.sendMembers(from, number));
			if (isNew || all) {
				sendNumbers(from, this.numbers.ownNumbers());
			}
		});
	}

	@Override
	public void numbered(String from, PresenceNumbers changes) {
		query(from,
				changes.numbers()
					.stream()
					.filter((number) -> this.numbers.isBehind(from, number))
					.map((number) -> this.numbers.knownNumber(from, number.group()))
					.toList());
	}

}
