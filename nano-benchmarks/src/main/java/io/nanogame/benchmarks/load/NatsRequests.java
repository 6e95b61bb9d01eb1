package io.nanogame.benchmarks.load;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.time.Duration;
import java.util.concurrent.TimeUnit;

import com.sun.management.OperatingSystemMXBean;
import io.nats.client.Connection;
import io.nats.client.Nats;
import org.HdrHistogram.Histogram;
import org.awaitility.Awaitility;
import org.jspecify.annotations.Nullable;

/**
 * Sends requests over NATS from this process: the next one after each reply.
 */
public final class NatsRequests implements AutoCloseable {

	private static final long LONGEST = TimeUnit.MINUTES.toNanos(1);

	private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

	private final Connection connection;

	private final String subject;

	private final byte[] body;

	// Guarded by this

	private final Histogram nanos = new Histogram(1, LONGEST, 3);

	private int inFlight;

	private boolean running;

	private @Nullable Throwable fault;

	/**
	 * Connects.
	 * @param url the URL of the NATS server
	 * @param subject the subject of the replier
	 * @param body the body of the requests
	 */
	public NatsRequests(String url, String subject, byte[] body) {
		this.subject = subject;
		this.body = body;
		try {
			this.connection = Nats.connect(url);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/**
	 * Begins to send requests.
	 * @param requests the number of requests in flight
	 */
	public void begin(int requests) {
		synchronized (this) {
			this.running = true;
			this.inFlight = requests;
		}
		for (int i = 0; i < requests; i++) {
			request();
		}
	}

	private void request() {
		long sent = System.nanoTime();
		this.connection.request(this.subject, this.body).whenComplete((reply, failure) -> {
			if (replied(System.nanoTime() - sent, failure)) {
				request();
			}
		});
	}

	private synchronized boolean replied(long took, @Nullable Throwable failure) {
		if (failure != null) {
			this.fault = failure;
		}
		this.nanos.recordValue(Math.min(LONGEST, took));
		if (!this.running || failure != null) {
			this.inFlight--;
			return false;
		}
		return true;
	}

	/**
	 * Measures the running load.
	 * @param time the duration of the measurement
	 * @return the measurement
	 */
	public Measure measure(Duration time) throws InterruptedException {
		long start;
		synchronized (this) {
			this.nanos.reset();
			start = System.nanoTime();
		}
		Thread.sleep(time.toMillis());
		synchronized (this) {
			if (this.fault != null) {
				throw new IllegalStateException("The measurement is invalid", this.fault);
			}
			Histogram measured = this.nanos.copy();
			return new Measure((System.nanoTime() - start) / 1e9, measured.getTotalCount(), measured);
		}
	}

	/** Stops sending, and waits for all replies. */
	public void end() {
		synchronized (this) {
			this.running = false;
		}
		Awaitility.await().until(() -> {
			synchronized (this) {
				return this.inFlight == 0;
			}
		});
	}

	/**
	 * Returns the CPU time of this process.
	 * @return nanoseconds since its start
	 */
	public long cpuNanos() {
		return this.system.getProcessCpuTime();
	}

	@Override
	public void close() {
		try {
			this.connection.close();
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
	}

}
