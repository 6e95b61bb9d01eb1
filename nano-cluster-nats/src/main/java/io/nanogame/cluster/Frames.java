package io.nanogame.cluster;

import java.util.List;
import java.util.Set;

import io.nanogame.cluster.backend.Backend;
import io.nanogame.cluster.gateway.Router;
import io.nanogame.cluster.group.ClusterGroups;
import io.nanogame.cluster.push.ClusterPushes;
import io.nanogame.cluster.user.ClusterUsers;
import io.nanogame.cluster.wire.FrameHandler;
import io.nanogame.cluster.wire.Login;
import io.nanogame.cluster.wire.MessageFrame;
import io.nanogame.cluster.wire.Seat;
import io.nanogame.cluster.wire.Seated;
import io.nanogame.session.CloseReason;
import org.jspecify.annotations.Nullable;

/**
 * Brings what other nodes say to the part it concerns. A session is known to one of
 * router and backend at most.
 */
record Frames(Router router, Backend backend, ClusterGroups groups, ClusterUsers users,
		ClusterPushes pushes) implements FrameHandler {

	@Override
	public void seat(String from, Seat seat) {
		this.backend.seat(from, seat);
	}

	@Override
	public void message(String from, long session, MessageFrame message) {
		this.backend.message(from, session, message);
	}

	@Override
	public void askDone(String from, long session, long sequence) {
		this.backend.askDone(from, session, sequence);
	}

	@Override
	public void answer(String from, long session, long sequence, boolean error, byte[] body) {
		this.router.answer(from, session, sequence, error, body);
	}

	@Override
	public void back(String from) {
		this.router.back(from);
		this.backend.back(from);
		this.groups.back(from);
	}

	@Override
	public void rollCall(String from, long session) {
		if (this.groups.isOwn(session)) {
			this.router.rollCall(from, session);
		}
		else {
			this.backend.rollCall(from, session);
		}
	}

	@Override
	public void principal(String from, long session, @Nullable Login login) {
		end(session).principal(from, session, login);
	}

	@Override
	public void bind(long session, String component, String node) {
		this.router.bind(session, component, node);
	}

	@Override
	public void push(long session, String route, byte[] body) {
		this.router.push(session, route, body);
	}

	@Override
	public void multicast(long[] sessions, String route, byte[] body) {
		this.router.multicast(sessions, route, body);
	}

	@Override
	public void done(String from, long session, long sequence) {
		this.router.done(from, session, sequence);
	}

	@Override
	public void unseated(String from, long session, long sequence) {
		this.router.unseated(from, session, sequence);
	}

	@Override
	public void attribute(String from, long session, String name, @Nullable Object value) {
		end(session).attribute(from, session, name, value);
	}

	@Override
	public void bound(String from, long session, String uid) {
		end(session).bound(from, session, uid);
	}

	@Override
	public void unbound(String from, long session, String uid) {
		end(session).unbound(from, session, uid);
	}

	@Override
	public void close(String from, long session, CloseReason reason) {
		end(session).close(from, session, reason);
	}

	private FrameHandler end(long session) {
		return this.backend.knows(session) ? this.backend : this.router;
	}

	@Override
	public void member(long session, String group, boolean joins) {
		this.groups.member(session, group, joins);
	}

	@Override
	public void groupPush(String from, String group, String route, byte[] body, Set<String> except) {
		this.groups.groupPush(from, group, route, body, except);
	}

	@Override
	public void who(String from, String group) {
		this.groups.who(from, group);
	}

	@Override
	public void userPush(String uid, String route, byte[] body, Set<String> except) {
		this.users.userPush(uid, route, body, except);
	}

	@Override
	public void userKick(String uid, String reason, Set<String> except) {
		this.users.userKick(uid, reason, except);
	}

	@Override
	public void userHere(String from, long question, long[] sessions) {
		this.users.userHere(from, question, sessions);
	}

	@Override
	public void taken(String from, long question, boolean took) {
		this.pushes.taken(from, question, took);
	}

	@Override
	public void members(String from, String group, long first, long last, List<Seated> members) {
		this.groups.members(from, group, first, last, members);
	}

}
