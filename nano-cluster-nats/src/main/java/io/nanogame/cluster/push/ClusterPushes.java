package io.nanogame.cluster.push;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;

import io.nanogame.cluster.bus.Bus;
import io.nanogame.cluster.bus.Topics;
import io.nanogame.cluster.frame.Frame;
import io.nanogame.cluster.frame.OtherForms;
import io.nanogame.cluster.frame.PushFrame.AudiencePush;
import io.nanogame.cluster.frame.PushFrame.PushAcknowledged;
import io.nanogame.cluster.frame.PushFrame;
import io.nanogame.cluster.frame.PushReceiver;
import io.nanogame.cluster.group.ClusterGroups;
import io.nanogame.cluster.peer.LongPushes;
import io.nanogame.cluster.peer.PayloadForms;
import io.nanogame.cluster.peer.Peers;
import io.nanogame.group.Audience;
import io.nanogame.group.Members;
import io.nanogame.group.PushReceipt;
import io.nanogame.group.Pushes;
import io.nanogame.node.Node;
import io.nanogame.node.NodeListener;
import io.nanogame.node.Nodes;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.LoginRegistry;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.SessionRegistry;
import io.nanogame.session.Sessions;
import io.nanogame.time.TimeSource;

/**
 * Pushes that every gateway receives and acknowledges: whether it has recipients. Callers
 * that need no receipt should use {@code Users} and groups, which only send to gateways
 * with recipients. Thread-safe; no method blocks.
 */
public final class ClusterPushes implements Pushes, PushReceiver, NodeListener {

	private final Sessions sessions;

	private final Executor workers;

	private final LoginRegistry logins;

	private final ClusterGroups groups;

	private final Nodes nodes;

	private final Bus bus;

	private final Peers peers;

	private final String subject;

	private final Payloads payloads;

	private final PayloadForms forms;

	private final PendingReceipts receipts;

	/**
	 * Creates the pushes of a node.
	 * @param registry the sessions of this node
	 * @param forms the forms of payloads
	 * @param groups the groups of the cluster
	 * @param nodes the nodes of the cluster
	 * @param bus the connection to NATS
	 * @param peers the other nodes
	 * @param time the time of this node
	 */
	public ClusterPushes(SessionRegistry registry, PayloadForms forms, ClusterGroups groups, Nodes nodes, Bus bus,
			Peers peers, TimeSource time) {
		this.sessions = registry.sessions();
		this.workers = registry.workers();
		this.logins = registry.logins();
		this.groups = groups;
		this.nodes = nodes;
		this.bus = bus;
		this.peers = peers;
		this.subject = Topics.gateways();
		this.payloads = registry.payloads();
		this.forms = forms;
		this.receipts = new PendingReceipts(time);
	}

	/** Subscribes to the pushes of other nodes, because this node is a gateway. */
	public void listen() {
		this.peers.listen(this.subject, this::receive);
	}

	private void receive(String from, Frame frame) {
		if (frame instanceof PushFrame push) {
			push.deliver(from, this);
		}
	}

	@Override
	public CompletionStage<PushReceipt> push(Audience audience, String route, Object payload) {
		OutboundMessage message = OutboundMessage.push(route, payload, this.payloads);
		String self = this.nodes.self().id();
		Set<String> gateways = new HashSet<>();
		this.nodes.others().stream().filter(Node::gateway).map(Node::id).forEach(gateways::add);
		gateways.add(self);
		long number = this.receipts.nextNumber();
		AudiencePush frame = new AudiencePush(number, audience, route, message.body(),
				OtherForms.of(this.forms.write(message, this.forms.used().ofOthers())));
		PendingReceipt receipt = this.receipts.add(number, gateways);
		if (this.bus.isConnected()) {
			try {
				receipt.setMessages(LongPushes.publish(this.peers, this.subject, frame).size());
			}
			catch (RuntimeException ex) {
				receipt.complete();
				throw ex;
			}
		}
		else {
			// A push that waits for the connection may be outdated when it is sent.
			gateways.stream().filter((gateway) -> !gateway.equals(self)).forEach(receipt::lost);
		}
		receipt.deliveredHere(self, deliver(here(audience), message));
		// The caller may block, and must not block the thread that reads from the
		// network.
		return receipt.receipt().whenCompleteAsync((result, failure) -> {
		}, this.workers);
	}

	private Stream<Session> here(Audience audience) {
		return audience.among(this.sessions, this.groups::members).stream().filter(this.logins::isOwn);
	}

	private static boolean deliver(Stream<Session> here, OutboundMessage message) {
		List<Session> recipients = here.toList();
		new Members(recipients).send(message);
		return !recipients.isEmpty();
	}

	@Override
	public void push(String from, AudiencePush push) {
		AtomicBoolean delivered = new AtomicBoolean();
		this.forms.deliver(push.route(), push.body(), push.others(), (message, some) -> {
			if (deliver(here(push.audience()).filter((session) -> some.test(session.payloads())), message)) {
				delivered.set(true);
			}
		});
		this.peers.to(from).send(new PushAcknowledged(push.number(), delivered.get()));
	}

	@Override
	public void acknowledged(String from, PushAcknowledged acknowledgement) {
		PendingReceipt receipt = this.receipts.find(acknowledgement.number());
		if (receipt != null) {
			receipt.acknowledged(from, acknowledgement.delivered());
		}
	}

	@Override
	public void down(Node node) {
		this.receipts.down(node);
	}

	/** Completes the receipts whose time is over. Called periodically. */
	public void sweepReceipts() {
		this.receipts.sweep();
	}

	/** Completes all receipts, because this node ends. */
	public void close() {
		this.receipts.close();
	}

}
