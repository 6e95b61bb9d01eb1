package io.nanogame.cluster.bus.nats;

import java.io.IOException;
import java.time.Duration;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;

import io.nanogame.cluster.bus.LimitedLog;
import io.nanogame.time.RealTime;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.JetStreamManagement;
import io.nats.client.KeyValueManagement;
import io.nats.client.KeyValueOptions;
import io.nats.client.api.KeyValueConfiguration;
import io.nats.client.api.KeyValueStatus;
import io.nats.client.api.StorageType;
import io.nats.client.api.StreamConfiguration;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The key-value bucket of the leases. It has a replica on three servers if NATS has as
 * many. Servers that do not know each other yet store it on one, whose loss would be that
 * of all leases, so its replicas are added later. Thread-safe.
 */
final class LeaseBucket {

	private static final Logger log = LoggerFactory.getLogger(LeaseBucket.class);

	private static final LimitedLog limitedLog = new LimitedLog(log);

	private static final int REPLICAS = 3;

	// Error codes of JetStream

	private static final int NO_SUCH_BUCKET = 10059;

	private static final int OTHER_CONFIGURATION = 10058;

	/** A single server, or too few servers for the replicas. */
	private static final Set<Integer> TOO_FEW_SERVERS = Set.of(10005, 10023, 10074);

	private final String name;

	private final Duration length;

	/** When replicas were last added, or could not be added. */
	private final AtomicLong triedNanos;

	/**
	 * Creates the description of a bucket.
	 * @param name its name
	 * @param length the length of a lease, if the bucket does not exist
	 */
	LeaseBucket(String name, Duration length) {
		this.name = name;
		this.length = length;
		this.triedNanos = new AtomicLong(RealTime.nanoTime() - length.toNanos());
	}

	/**
	 * Creates the bucket if there is none.
	 * @param connection the connection to NATS
	 * @param options the time-out of requests
	 * @return what is known of the bucket
	 */
	KeyValueStatus open(Connection connection, KeyValueOptions options) throws IOException, JetStreamApiException {
		KeyValueManagement management = connection.keyValueManagement(options);
		KeyValueStatus status;
		try {
			status = management.getStatus(this.name);
		}
		catch (JetStreamApiException ex) {
			if (ex.getApiErrorCode() != NO_SUCH_BUCKET) {
				throw ex;
			}
			return create(management);
		}
		if (status.getReplicas() == 1 && isClustered(connection) && isTimeToTry()) {
			addReplicas(connection.jetStreamManagement(options.getJetStreamOptions()),
					status.getConfiguration().getBackingConfig());
		}
		return status;
	}

	private KeyValueStatus create(KeyValueManagement management) throws IOException, JetStreamApiException {
		try {
			return create(management, REPLICAS);
		}
		catch (JetStreamApiException ex) {
			if (ex.getApiErrorCode() == OTHER_CONFIGURATION) {
				// Another node has just created it.
				return management.getStatus(this.name);
			}
			if (!TOO_FEW_SERVERS.contains(ex.getApiErrorCode())) {
				throw ex;
			}
			log.info("NATS has less than three servers, so the owners of claimed services are stored on one");
			return create(management, 1);
		}
	}

	private KeyValueStatus create(KeyValueManagement management, int replicas)
			throws IOException, JetStreamApiException {
		return management.create(KeyValueConfiguration.builder(this.name)
			.description("The owners of claimed services")
			.maxHistoryPerKey(1)
			.ttl(this.length)
			.storageType(StorageType.File)
			.replicas(replicas)
			.build());
	}

	/** A server with a configured cluster may be alone in it. */
	private static boolean isClustered(Connection connection) {
		String cluster = connection.getServerInfo().getCluster();
		return cluster != null && !cluster.isEmpty();
	}

	/** Returns true once in the length of a lease. */
	private boolean isTimeToTry() {
		long last = this.triedNanos.get();
		long now = RealTime.nanoTime();
		return now - last >= this.length.toNanos() && this.triedNanos.compareAndSet(last, now);
	}

	/** Leases are kept without the replicas, too, so this does not fail. */
	private static void addReplicas(JetStreamManagement management, StreamConfiguration present) {
		try {
			management.updateStream(StreamConfiguration.builder(present).replicas(REPLICAS).build());
			log.info("NATS has three servers now, which store the owners of claimed services");
		}
		catch (JetStreamApiException ex) {
			if (TOO_FEW_SERVERS.contains(ex.getApiErrorCode())) {
				log.debug("The owners of claimed services are still stored on one server", ex);
			}
			else {
				failed(ex);
			}
		}
		catch (IOException ex) {
			failed(ex);
		}
	}

	private static void failed(Exception ex) {
		limitedLog.warn("The owners of claimed services are stored on one NATS server, and no replicas are added: {}",
				ex.toString());
	}

}
