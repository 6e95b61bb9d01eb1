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
 * Requests over NATS, from this process: each answer is followed by the next request.
 */
public final class NatsRequests implements AutoCloseable {

	private static final long LONGEST = TimeUnit.MINUTES.toNanos(1);

	private final OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

	private final Connection connection;

	private final String subject;

	private final byte[] body;

	// Guarded by this

	private final Histogram nanos = new Histogram(1, LONGEST, 3);

	private int underWay;

	private boolean running;

	private @Nullable Throwable fault;

	/**
	 * Connects.
	 * @param url of the NATS server
	 * @param subject somebody answers on
	 * @param body of the requests
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
	 * Begins.
	 * @param inFlight how many are under way all the time
	 */
	public void begin(int inFlight) {
		synchronized (this) {
			this.running = true;
			this.underWay = inFlight;
		}
		for (int i = 0; i < inFlight; i++) {
			request();
		}
	}

	private void request() {
		long sent = System.nanoTime();
		this.connection.request(this.subject, this.body).whenComplete((answer, failure) -> {
			if (answered(System.nanoTime() - sent, failure)) {
				request();
			}
		});
	}

	private synchronized boolean answered(long took, @Nullable Throwable failure) {
		if (failure != null) {
			this.fault = failure;
		}
		this.nanos.recordValue(Math.min(LONGEST, took));
		if (!this.running || failure != null) {
			this.underWay--;
			return false;
		}
		return true;
	}

	/**
	 * Measures what is going on.
	 * @param time for so long
	 * @return what was seen
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
				throw new IllegalStateException("The figures are worth nothing", this.fault);
			}
			Histogram seen = this.nanos.copy();
			return new Measure((System.nanoTime() - start) / 1e9, seen.getTotalCount(), seen);
		}
	}

	/** Sends no more, and waits for all answers. */
	public void end() {
		synchronized (this) {
			this.running = false;
		}
		Awaitility.await().until(() -> {
			synchronized (this) {
				return this.underWay == 0;
			}
		});
	}

	/**
	 * CPU time of this process.
	 * @return nanoseconds since it began
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
