package io.nanogame.cluster.service;

import java.time.Duration;
import java.util.Set;
import java.util.UUID;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

import io.nanogame.cluster.bus.Leases;
import io.nanogame.cluster.bus.LeasesDisabledException;
import io.nanogame.service.NameOwner;
import io.nanogame.service.ServiceAddress;
import io.nanogame.time.TimeSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The names that this node claims. Thread-safe.
 */
public final class ClusterClaims {

	private static final Logger log = LoggerFactory.getLogger(ClusterClaims.class);

	private final String self;

	private final Leases leases;

	private final Duration lease;

	private final TimeSource time;

	private final Executor executor;

	private final SeenFences fences;

	private final Set<LeasedName> names = ConcurrentHashMap.newKeySet();

	private volatile boolean leaving;

	/**
	 * Creates an empty set of claims.
	 * @param self this node's id
	 * @param leases the leases of names
	 * @param lease their length, until they are opened
	 * @param time the time of this node
	 * @param executor runs the tasks of claims, one after the other
	 */
	public ClusterClaims(String self, Leases leases, Duration lease, TimeSource time, Executor executor) {
		this.self = self;
		this.leases = leases;
		this.lease = lease;
		this.time = time;
		this.executor = executor;
		this.fences = new SeenFences(time, lease.multipliedBy(2));
	}

	/** Claims a name. Returns an action that ends the claim, but not its tenure. */
	Runnable claim(ServiceAddress name, NameOwner owner) {
		checkLeases();
		LeasedName claimed = new LeasedName(this, name, this.self + "." + UUID.randomUUID(), owner);
		this.names.add(claimed);
		claimed.start();
		return claimed::end;
	}

	/** Blocks until it is known whether leases are kept, or for the length of one. */
	private void checkLeases() {
		try {
			this.leases.open().get(this.lease.toNanos(), TimeUnit.NANOSECONDS);
		}
		catch (ExecutionException ex) {
			if (ex.getCause() instanceof LeasesDisabledException disabled) {
				throw new IllegalStateException(disabled.getMessage(), disabled);
			}
			log.debug("It is not known yet whether NATS keeps leases", ex);
		}
		catch (TimeoutException ex) {
			log.debug("It is not known yet whether NATS keeps leases", ex);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

	/** Releases all names until {@link #resume}. Does not block. */
	void leave() {
		this.leaving = true;
		this.names.forEach(LeasedName::pause);
	}

	/** Claims all names again, after {@link #leave}. */
	void resume() {
		this.leaving = false;
		this.names.forEach(LeasedName::start);
	}

	/** Releases all names, and ends their claims. Does not block. */
	void close() {
		this.leaving = true;
		this.names.forEach(LeasedName::leave);
	}

	boolean isLeaving() {
		return this.leaving;
	}

	/** Returns the number of claims that have not ended. */
	int count() {
		return this.names.size();
	}

	void ended(LeasedName name) {
		this.names.remove(name);
	}

	Leases leases() {
		return this.leases;
	}

	Duration lease() {
		return this.lease;
	}

	TimeSource time() {
		return this.time;
	}

	Executor executor() {
		return this.executor;
	}

	SeenFences fences() {
		return this.fences;
	}

}
