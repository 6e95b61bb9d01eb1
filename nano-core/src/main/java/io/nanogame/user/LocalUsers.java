package io.nanogame.user;

import java.util.Collection;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nanogame.serialize.Payloads;
import io.nanogame.session.OutboundMessage;
import io.nanogame.session.Session;
import io.nanogame.session.Sessions;
import io.nanogame.session.WrittenPush;

/**
 * The players of a server without a cluster.
 */
public final class LocalUsers implements Users {

	private final Sessions sessions;

	private final Payloads payloads;

	/**
	 * The players of a server.
	 * @param sessions of the server
	 * @param payloads how values become bytes
	 */
	public LocalUsers(Sessions sessions, Payloads payloads) {
		this.sessions = sessions;
		this.payloads = payloads;
	}

	@Override
	public void push(String uid, String route, Object payload) {
		push(List.of(uid), route, payload);
	}

	@Override
	public void push(Collection<String> uids, String route, Object payload) {
		// Written also for players that are not connected, as in a cluster: what cannot
		// be written fails everywhere alike.
		WrittenPush push = new WrittenPush(OutboundMessage.push(route, payload, this.payloads));
		for (String uid : uids) {
			this.sessions.findByUid(uid).forEach(push::send);
		}
	}

	@Override
	public void kick(String uid, String words) {
		this.sessions.findByUid(uid).forEach((session) -> session.kick(words));
	}

	@Override
	public CompletionStage<List<Long>> find(String uid) {
		return CompletableFuture.completedFuture(this.sessions.findByUid(uid).stream().map(Session::id).toList());
	}

}
