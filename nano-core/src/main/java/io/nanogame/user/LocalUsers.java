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
	 * Creates the players of a server.
	 * @param sessions the sessions of the server
	 * @param payloads serialises values
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
		// Serialised also for players that are not connected: as in a cluster, an invalid
		// value always fails.
		WrittenPush push = new WrittenPush(OutboundMessage.push(route, payload, this.payloads));
		for (String uid : uids) {
			this.sessions.findByUid(uid).forEach(push::send);
		}
	}

	@Override
	public void kick(String uid, String reason) {
		this.sessions.findByUid(uid).forEach((session) -> session.kick(reason));
	}

	@Override
	public CompletionStage<List<Long>> find(String uid) {
		return CompletableFuture.completedFuture(this.sessions.findByUid(uid).stream().map(Session::id).toList());
	}

}
