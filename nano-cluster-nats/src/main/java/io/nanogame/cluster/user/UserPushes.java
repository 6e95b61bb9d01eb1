package io.nanogame.cluster.user;

import java.util.Collection;
import java.util.HashSet;
import java.util.Objects;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

import io.nanogame.cluster.bus.Topics;
import io.nanogame.cluster.frame.Frame;
import io.nanogame.cluster.frame.OtherForms;
import io.nanogame.cluster.frame.UserFrame.UserPush;
import io.nanogame.cluster.move.SharedPushes;
import io.nanogame.cluster.peer.LongPushes;
import io.nanogame.cluster.peer.PayloadForms;
import io.nanogame.cluster.peer.Peers;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.Sessions;
import io.nanogame.session.WrittenPush;
import org.jspecify.annotations.Nullable;

/**
 * The pushes to players, which go to all nodes with sessions of the player. Thread-safe.
 */
final class UserPushes {

	private final Sessions sessions;

	private final SharedPushes shared;

	private final Peers peers;

	private final PayloadForms forms;

	private final Function<Session, @Nullable String> gateway;

	UserPushes(Sessions sessions, SharedPushes shared, Peers peers, Function<Session, @Nullable String> gateway) {
		this.sessions = sessions;
		this.shared = shared;
		this.peers = peers;
		this.forms = shared.forms();
		this.gateway = gateway;
	}

	/** Sends a push to the sessions of a player on all nodes. */
	void send(String uid, OutboundMessage message) {
		Set<String> gateways = gatewaysOf(uid);
		UserPush push = new UserPush(uid, message.route(), message.body(), gateways,
				OtherForms.of(this.forms.write(message, formsOf(uid))), this.shared.next());
		// First, so that no session receives it if it is too long.
		LongPushes.publish(this.peers, Topics.user(uid), push).forEach((part) -> sendTo(gateways, part.direct()));
		deliver(this.peers.self(), push, message, (session) -> true);
	}

	/** Returns the forms of the player's sessions that may be on other nodes. */
	private Set<String> formsOf(String uid) {
		Set<String> all = new HashSet<>(this.forms.used().ofOthers());
		// The gateway may not have announced the form of its first session yet.
		this.sessions.findByUid(uid).forEach((session) -> all.add(this.forms.name(session.payloads())));
		return all;
	}

	/**
	 * Returns the gateways of remote sessions of this node. They may not be subscribed to
	 * the subject of the uid yet, if it was bound here a moment ago, so they receive
	 * frames about it directly, after the binding.
	 */
	Set<String> gatewaysOf(String uid) {
		return this.sessions.findByUid(uid)
			.stream()
			.map(this.gateway)
			.filter(Objects::nonNull)
			.collect(Collectors.toUnmodifiableSet());
	}

	/** Sends a frame to some nodes directly. */
	void sendTo(Set<String> gateways, Frame frame) {
		if (!gateways.isEmpty()) {
			byte[] direct = frame.toBytes();
			gateways.forEach((node) -> this.peers.to(node).send(direct));
		}
	}

	/** Receives a push of another node. */
	void receive(String from, UserPush push) {
		this.shared.received(from, push.number());
		if (!push.except().contains(this.peers.self())) {
			this.forms.deliver(push.route(), push.body(), push.others(),
					(message, some) -> deliver(from, push, message, (session) -> some.test(session.payloads())));
		}
	}

	private void deliver(String from, UserPush push, OutboundMessage message, Predicate<Session> some) {
		Collection<Session> found = this.sessions.findByUid(push.uid());
		if (!found.isEmpty()) {
			WrittenPush written = new WrittenPush(message);
			found.stream()
				.filter(some)
				.forEach((session) -> this.shared.deliver(from, push.number(), session, written));
		}
	}

}
