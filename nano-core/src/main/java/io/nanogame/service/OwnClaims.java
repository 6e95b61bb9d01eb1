package io.nanogame.service;

import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** The claims of this node, one for each name. Thread-safe. */
final class OwnClaims {

	private final Set<ServiceAddress> names = ConcurrentHashMap.newKeySet();

	void add(Claim claim, RemoteServices remote) {
		ServiceAddress name = claim.name();
		if (!this.names.add(name)) {
			throw new IllegalStateException("This node already claims " + name);
		}
		claim.endWith(() -> this.names.remove(name));
		try {
			Runnable end = remote.claim(name, claim.new Owner());
			claim.endWith(() -> {
				end.run();
				this.names.remove(name);
			});
		}
		catch (RuntimeException ex) {
			this.names.remove(name);
			throw ex;
		}
	}

	/** Rejects claims that other nodes do not know. */
	void checkJoin() {
		if (!this.names.isEmpty()) {
			throw new IllegalStateException(
					"%s was claimed before this node has joined its cluster; ".formatted(this.names.iterator().next())
							+ "claim names when the app has started");
		}
	}

}
