package io.nanogame.cluster.push;

import java.time.Duration;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Function;
import java.util.function.LongPredicate;
import java.util.stream.Stream;

import io.nanogame.cluster.bus.Bus;
import io.nanogame.cluster.bus.Subjects;
import io.nanogame.cluster.group.ClusterGroups;
import io.nanogame.cluster.peer.Peers;
import io.nanogame.cluster.wire.FrameHandler;
import io.nanogame.cluster.wire.FrameWriter;
import io.nanogame.cluster.wire.SerializerCheck;
import io.nanogame.group.Audience;
import io.nanogame.group.Members;
import io.nanogame.group.PushReceipt;
import io.nanogame.group.Pushes;
import io.nanogame.node.Node;
import io.nanogame.node.NodeListener;
import io.nanogame.node.Nodes;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.SessionRegistry;
import io.nanogame.session.Sessions;

/**
 * Pushes that every gateway hears and answers: whether it holds sessions they are for. A
 * caller that does not want to know does better with {@code Users} and groups, which
 * bother only those gateways that hold somebody. Any thread; nothing blocks.
 */
public final class ClusterPushes implements Pushes, FrameHandler, NodeListener {

	/** A gateway that has not answered by then is not waited for. */
	private static final Duration PATIENCE = Duration.ofSeconds(2);

	private final Sessions sessions;

	private final Executor workers;

	private final LongPredicate own;

	private final ClusterGroups groups;

	private final Nodes nodes;

	private final Bus bus;

	private final Peers peers;

	private final String subject;

	private final FrameWriter writer;

	private final Payloads payloads;

	private final SerializerCheck serializers;

	private final AtomicLong lastQuestion = new AtomicLong();

	private final Map<Long, Question> questions = new ConcurrentHashMap<>();

	/**
	 * The pushes of a node.
	 * @param registry the sessions of this node
	 * @param own tells sessions of this node by their ids
	 * @param groups of the cluster
	 * @param nodes of the cluster
	 * @param bus the connection to the other nodes
	 * @param peers the others
	 * @param subjects of the cluster
	 * @param writer writes frames
	 * @param payloads of this node
	 */
	public ClusterPushes(SessionRegistry registry, LongPredicate own, ClusterGroups groups, Nodes nodes, Bus bus,
			Peers peers, Subjects subjects, FrameWriter writer, Payloads payloads) {
		this.sessions = registry.sessions();
		this.workers = registry.workers();
		this.own = own;
		this.groups = groups;
		this.nodes = nodes;
		this.bus = bus;
		this.peers = peers;
		this.subject = subjects.gateways();
		this.writer = writer;
		this.payloads = payloads;
		this.serializers = new SerializerCheck(payloads);
	}

	/** This node is a gateway: it hears what is pushed on others. */
	public void listen() {
		this.peers.listen(this.subject, this);
	}

	@Override
	public CompletionStage<PushReceipt> push(Audience audience, String route, Object payload) {
		OutboundMessage message = OutboundMessage.push(route, payload, this.payloads);
		String self = this.nodes.self().id();
		Set<String> asked = new HashSet<>();
		this.nodes.others().stream().filter(Node::gateway).map(Node::id).forEach(asked::add);
		asked.add(self);
		Question question = new Question(asked);
		long number = this.lastQuestion.incrementAndGet();
		byte[] frame = this.writer.pushTo(number, audience, route, message.body());
		if (this.bus.isConnected()) {
			this.questions.put(number, question);
			try {
				this.peers.publish(this.subject, frame);
			}
			catch (RuntimeException ex) {
				this.questions.remove(number);
				throw ex;
			}
		}
		else {
			// What waits for the connection may be stale when it leaves.
			asked.stream().filter((gateway) -> !gateway.equals(self)).forEach(question::lost);
		}
		question.answered(self, deliver(here(audience), message));
		// The caller may block, and must not block the thread that reads the answers.
		return question.receipt(PATIENCE)
			.whenComplete((receipt, failure) -> this.questions.remove(number))
			.thenApplyAsync(Function.identity(), this.workers);
	}

	private Stream<Session> here(Audience audience) {
		return audience.among(this.sessions, this.groups::members)
			.stream()
			.filter((session) -> this.own.test(session.id()));
	}

	private static boolean deliver(Stream<Session> here, OutboundMessage message) {
		List<Session> recipients = here.toList();
		new Members(recipients).send(message);
		return !recipients.isEmpty();
	}

	@Override
	public void pushTo(String from, long question, Audience audience, String route, byte[] body) {
		Stream<Session> here = here(audience).filter((session) -> this.serializers.mayPush(session.payloads(), route));
		boolean took = deliver(here, OutboundMessage.push(route, body, this.payloads));
		this.peers.to(from).send(this.writer.taken(question, took));
	}

	@Override
	public void taken(String from, long number, boolean took) {
		Question question = this.questions.get(number);
		if (question != null) {
			question.answered(from, took);
		}
	}

	@Override
	public void down(Node node) {
		this.questions.values().forEach((question) -> question.lost(node.id()));
	}

}
