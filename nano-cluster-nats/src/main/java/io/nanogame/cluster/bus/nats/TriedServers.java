package io.nanogame.cluster.bus.nats;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

import io.nats.client.impl.NatsServerPool;
import io.nats.client.support.NatsUri;
import org.jspecify.annotations.Nullable;

/**
 * The servers of a connection, in the order in which the NATS client tries them. It does
 * not tell otherwise when it has tried all of them. The thread that connects takes and
 * returns servers; the rest may be called by any.
 */
final class TriedServers extends NatsServerPool {

	private final Set<NatsUri> failed = ConcurrentHashMap.newKeySet();

	private final Runnable allFailed;

	private volatile @Nullable NatsUri current;

	/**
	 * Servers that have not been tried.
	 * @param allFailed run when each of them has failed once
	 */
	TriedServers(Runnable allFailed) {
		this.allFailed = allFailed;
	}

	@Override
	public @Nullable NatsUri nextServer() {
		this.current = super.nextServer();
		return this.current;
	}

	@Override
	public void connectFailed(NatsUri server) {
		super.connectFailed(server);
		failed(server);
	}

	/**
	 * The server that is tried right now has refused this node. The client would notice
	 * only when the time for the attempt is over.
	 */
	void refused() {
		NatsUri server = this.current;
		if (server != null) {
			failed(server);
		}
	}

	private void failed(NatsUri server) {
		if (this.failed.add(server) && allFailed()) {
			this.allFailed.run();
		}
	}

	boolean allFailed() {
		return this.failed.size() >= getServerList().size();
	}

}
