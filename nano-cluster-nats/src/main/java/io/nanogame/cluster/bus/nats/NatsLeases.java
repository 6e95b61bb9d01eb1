package io.nanogame.cluster.bus.nats;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.RejectedExecutionException;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;

import io.nanogame.cluster.bus.Leases;
import io.nanogame.cluster.bus.LeasesDisabledException;
import io.nanogame.time.RealTime;
import io.nats.client.Connection;
import io.nats.client.JetStreamApiException;
import io.nats.client.KeyValue;
import io.nats.client.KeyValueOptions;
import io.nats.client.api.KeyValueEntry;
import io.nats.client.api.KeyValueStatus;
import io.netty.util.concurrent.DefaultThreadFactory;
import org.jspecify.annotations.Nullable;

/**
 * Leases in a key-value bucket of JetStream, which removes entries that are older than a
 * lease. The calls of the NATS client block, so they run on threads of their own.
 */
final class NatsLeases implements Leases {

	private static final int THREADS = 4;

	/** The part of a lease for which a reply is awaited, and its length is not read. */
	private static final int TIMEOUTS = 5;

	// Error codes of JetStream

	private static final int WRONG_REVISION = 10071;

	/** Not enabled on the server, or for the account. */
	private static final Set<Integer> DISABLED = Set.of(10039, 10076);

	private final Connection connection;

	private final ExecutorService threads;

	private final String name;

	private final LeaseBucket leaseBucket;

	private final KeyValueOptions options;

	/** Null until it is known to exist. */
	private volatile @Nullable Bucket bucket;

	NatsLeases(Connection connection, ExecutorService threads, String name, Duration length) {
		this.connection = connection;
		this.threads = threads;
		this.name = name;
		this.leaseBucket = new LeaseBucket(name, length);
		this.options = KeyValueOptions.builder().jsRequestTimeout(length.dividedBy(TIMEOUTS)).build();
	}

	/** Creates daemons that end when they are idle. */
	static ExecutorService threads() {
		ThreadPoolExecutor threads = new ThreadPoolExecutor(THREADS, THREADS, 30, TimeUnit.SECONDS,
				new LinkedBlockingQueue<>(), new DefaultThreadFactory("nano-leases", true));
		threads.allowCoreThreadTimeOut(true);
		return threads;
	}

	@Override
	public CompletableFuture<Duration> open() {
		Bucket present = this.bucket;
		return (present != null && !present.isOutdated()) ? CompletableFuture.completedFuture(present.length())
				: run(this::readLength);
	}

	@Override
	public CompletableFuture<OptionalLong> take(String key, String owner) {
		return run(() -> take(bucket().entries(), key, owner));
	}

	@Override
	public CompletableFuture<OptionalLong> renew(String key, String owner, long revision) {
		return run(() -> {
			KeyValue entries = bucket().entries();
			OptionalLong renewed = update(entries, key, owner, revision);
			return renewed.isPresent() ? renewed : renewUnknown(entries, key, owner);
		});
	}

	@Override
	public CompletableFuture<Void> release(String key, long revision) {
		return run(() -> {
			try {
				bucket().entries().delete(key, revision);
			}
			catch (JetStreamApiException ex) {
				if (ex.getApiErrorCode() != WRONG_REVISION) {
					throw ex;
				}
			}
			return null;
		});
	}

	private static OptionalLong take(KeyValue entries, String key, String owner)
			throws IOException, JetStreamApiException {
		KeyValueEntry entry = entries.get(key);
		if (entry != null) {
			return isOf(owner, entry) ? update(entries, key, owner, entry.getRevision()) : OptionalLong.empty();
		}
		try {
			return OptionalLong.of(entries.create(key, bytes(owner)));
		}
		catch (JetStreamApiException ex) {
			return emptyIfChanged(ex);
		}
	}

	/** Renews a lease whose last renewal succeeded without a reply. */
	private static OptionalLong renewUnknown(KeyValue entries, String key, String owner)
			throws IOException, JetStreamApiException {
		KeyValueEntry entry = entries.get(key);
		return (entry != null && isOf(owner, entry)) ? update(entries, key, owner, entry.getRevision())
				: OptionalLong.empty();
	}

	private static OptionalLong update(KeyValue entries, String key, String owner, long revision)
			throws IOException, JetStreamApiException {
		try {
			return OptionalLong.of(entries.update(key, bytes(owner), revision));
		}
		catch (JetStreamApiException ex) {
			return emptyIfChanged(ex);
		}
	}

	private static OptionalLong emptyIfChanged(JetStreamApiException ex) throws JetStreamApiException {
		if (ex.getApiErrorCode() != WRONG_REVISION) {
			throw ex;
		}
		return OptionalLong.empty();
	}

	private static boolean isOf(String owner, KeyValueEntry entry) {
		return owner.equals(entry.getValueAsString());
	}

	private static byte[] bytes(String owner) {
		return owner.getBytes(StandardCharsets.UTF_8);
	}

	private <T extends @Nullable Object> CompletableFuture<T> run(Callable<T> call) {
		CompletableFuture<T> result = new CompletableFuture<>();
		try {
			this.threads.execute(() -> complete(result, call));
		}
		catch (RejectedExecutionException ex) {
			result.completeExceptionally(ex);
		}
		return result;
	}

	private <T extends @Nullable Object> void complete(CompletableFuture<T> result, Callable<T> call) {
		try {
			result.complete(call.call());
		}
		catch (Throwable ex) {
			// The bucket may have been removed.
			this.bucket = null;
			result.completeExceptionally(ex);
		}
	}

	/** An operator may have changed the length. */
	private Duration readLength() throws IOException, JetStreamApiException {
		this.bucket = null;
		return bucket().length();
	}

	private Bucket bucket() throws IOException, JetStreamApiException {
		Bucket present = this.bucket;
		if (present != null) {
			return present;
		}
		try {
			Bucket opened = openBucket();
			this.bucket = opened;
			return opened;
		}
		catch (IOException | JetStreamApiException ex) {
			if (isDisabled(ex)) {
				throw new LeasesDisabledException("Claimed services need JetStream, which is off in NATS at %s: "
					.formatted(this.connection.getServerInfo().getHost())
						+ "start nats-server with -js, or with jetstream {} in its configuration");
			}
			throw ex;
		}
	}

	/** A server without JetStream does not reply to its requests. */
	private boolean isDisabled(Exception failure) {
		if (failure instanceof JetStreamApiException rejection) {
			return DISABLED.contains(rejection.getApiErrorCode());
		}
		return this.connection.getStatus() == Connection.Status.CONNECTED
				&& !this.connection.getServerInfo().isJetStreamAvailable();
	}

	private Bucket openBucket() throws IOException, JetStreamApiException {
		KeyValueStatus status = this.leaseBucket.open(this.connection, this.options);
		return new Bucket(this.connection.keyValue(this.name, this.options), status.getTtl(), RealTime.nanoTime());
	}

	/**
	 * The bucket.
	 *
	 * @param entries the entries
	 * @param length the length of a lease
	 * @param readNanos when the length was read
	 */
	private record Bucket(KeyValue entries, Duration length, long readNanos) {

		boolean isOutdated() {
			return RealTime.nanoTime() - this.readNanos >= this.length.dividedBy(TIMEOUTS).toNanos();
		}

	}

}
