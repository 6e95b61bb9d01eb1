package io.nanogame.cluster.model;

import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Consumer;

import io.nanogame.cluster.frame.PrincipalCodec;
import io.nanogame.node.Node;
import io.nanogame.node.NodeListener;
import io.nanogame.route.Request;
import io.nanogame.session.Session;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The game on all nodes of a {@link ClusterSchedule}: handles requests, changes and
 * closes sessions, and knows what must be true in the end.
 */
final class ModelGame {

	private static final List<String> NAMES = List.of("color", "level");

	private final Random random;

	private final Consumer<String> notes;

	/** How often requests were handled, by their bodies. */
	private final Map<String, Integer> handled = new HashMap<>();

	/** The nodes that have handled the last request of each session. */
	private final Map<Long, ModelNode> handledBy = new HashMap<>();

	/** The number of the last handled request of each session. */
	private final Map<Long, Integer> lastHandled = new HashMap<>();

	/** The backends that have closed sessions. */
	private final Map<Long, ModelNode> closedBy = new HashMap<>();

	private final Map<Long, List<Binding>> bindings = new HashMap<>();

	private final List<ModelNode> nodes = new ArrayList<>();

	/** The ids of nodes that another node has considered gone. */
	private final Set<String> gone = new HashSet<>();

	private final List<String> problems = new ArrayList<>();

	private int lastValue;

	/** Whether handlers only reply. */
	private boolean calm;

	ModelGame(Random random, Consumer<String> notes) {
		this.random = random;
		this.notes = notes;
	}

	/** Something that must not happen has happened. The server catches exceptions. */
	void problem(String problem) {
		this.problems.add(problem);
	}

	private <T> T any(List<T> some) {
		return some.get(this.random.nextInt(some.size()));
	}

	private void note(ModelNode node, Session session, String operation) {
		this.notes.accept("%s %s (%d)".formatted(node.name, operation, session.id()));
	}

	void observe(ModelNode node) {
		this.nodes.add(node);
		node.cluster.nodes().addListener(new NodeListener() {

			@Override
			public void down(Node other) {
				ModelGame.this.gone.add(other.id());
			}

		});
	}

	Object handle(ModelNode node, Request request) {
		String body = JsonMapper.shared().readValue(request.body(), String.class);
		this.handled.merge(body, 1, Integer::sum);
		int number = Integer.parseInt(body.substring(body.indexOf(' ') + 1));
		Session session = request.session();
		this.handledBy.put(session.id(), node);
		Integer before = this.lastHandled.put(session.id(), number);
		if (before != null && number <= before) {
			problem("Session %d: %d was handled after %d".formatted(session.id(), number, before));
		}
		if (!this.calm && this.random.nextInt(20) == 0) {
			kick(node, session);
		}
		return body;
	}

	/** From now on handlers only reply. */
	void calmDown() {
		this.calm = true;
	}

	private @Nullable Session anySession(ModelNode node) {
		List<Session> sessions = new ArrayList<>(node.sessions.all());
		sessions.sort((one, other) -> Long.compare(one.id(), other.id()));
		return sessions.isEmpty() ? null : any(sessions);
	}

	/** Changes the state of a session. */
	void change(ModelNode node) {
		Session session = anySession(node);
		if (session == null) {
			return;
		}
		String name = any(NAMES);
		switch (this.random.nextInt(5)) {
			case 0 -> {
				note(node, session, "removes " + name);
				session.attributes().remove(name);
			}
			case 1 -> rebind(node, session);
			case 2 -> login(node, session);
			default -> {
				note(node, session, "sets " + name + "=" + ++this.lastValue);
				session.attributes().set(name, this.lastValue);
			}
		}
	}

	private void rebind(ModelNode node, Session session) {
		if (session.uid() != null) {
			note(node, session, "unbinds");
			session.unbind();
		}
		else {
			String uid = "u" + this.random.nextInt(2);
			note(node, session, "binds " + uid);
			session.bind(uid);
		}
	}

	private void login(ModelNode node, Session session) {
		int number = this.random.nextInt(4);
		note(node, session, (number == 0) ? "logs out" : "logs in " + number);
		session.principal((number == 0) ? null : new PrincipalCodec.NamedPrincipal("n" + number));
	}

	void close(ModelNode node) {
		Session session = anySession(node);
		if (session != null) {
			kick(node, session);
		}
	}

	private void kick(ModelNode node, Session session) {
		note(node, session, "kicks");
		if (!node.owns(session)) {
			this.closedBy.put(session.id(), node);
		}
		session.kick("bye");
	}

	/** Binds the route of a session to a node. */
	void bindRoute(ModelNode node, ModelNode target) {
		Session session = anySession(node);
		if (session != null) {
			note(node, session, "routes to " + target.name);
			node.cluster.bind(session, "room", target.id());
			if (!this.nodes.stream().filter(ModelNode::isRunning).allMatch((other) -> other.knows(target))) {
				// Others cannot send messages to it, and choose again.
				this.gone.add(target.id());
			}
			this.bindings.computeIfAbsent(session.id(), (id) -> new ArrayList<>()).add(new Binding(node, target));
		}
	}

	boolean wasHandled(String body) {
		return this.handled.containsKey(body);
	}

	/** Checks after a quiet time that all nodes agree. */
	void check(Collection<ModelNode> nodes) {
		assertThat(this.problems).isEmpty();
		Map<Long, Session> owned = new HashMap<>();
		for (ModelNode node : nodes) {
			node.sessions.all().stream().filter(node::owns).forEach((session) -> owned.put(session.id(), session));
		}
		for (ModelNode node : nodes) {
			node.sessions.all()
				.stream()
				.filter((session) -> !node.owns(session))
				.forEach((copy) -> checkCopy(node, copy, owned.get(copy.id())));
		}
		this.closedBy.forEach((id, node) -> {
			if (node.isRunning()) {
				assertThat(owned).as("open sessions, after %s has closed %d", node.name, id).doesNotContainKey(id);
			}
		});
		assertThat(this.handled.values()).as("times that messages were handled").allMatch((times) -> times == 1);
	}

	private static void checkCopy(ModelNode node, Session copy, @Nullable Session owner) {
		assertThat(owner).as("%s has session %d that its gateway does not have", node.name, copy.id()).isNotNull();
		assertThat(copy.attributes().state()).as("attributes of %s on %s", copy, node.name)
			.isEqualTo(owner.attributes().state());
		assertThat(copy.uid()).as("uid of %s on %s", copy, node.name).isEqualTo(owner.uid());
		assertThat(copy.principal()).as("principal of %s on %s", copy, node.name).isEqualTo(owner.principal());
	}

	/**
	 * Checks which node has handled the last request of a session. Bindings of several
	 * nodes have no order, and a node that is considered gone for a while loses them.
	 */
	void checkRoute(ModelNode gateway, Session session) {
		List<Binding> all = this.bindings.getOrDefault(session.id(), List.of());
		Set<ModelNode> targets = new HashSet<>();
		boolean stable = !this.gone.contains(gateway.id());
		for (Binding binding : all) {
			targets.add(binding.target());
			stable &= !this.gone.contains(binding.by().id()) && !this.gone.contains(binding.target().id());
		}
		if (targets.size() == 1 && stable) {
			assertThat(this.handledBy.get(session.id()).name).as("node of %s", session)
				.isEqualTo(targets.iterator().next().name);
		}
	}

	/**
	 * The binding of a route.
	 *
	 * @param by the node whose game has bound it
	 * @param target the node to which it is bound
	 */
	private record Binding(ModelNode by, ModelNode target) {
	}

}
