package io.nanogame.benchmarks.server;

import java.io.IOException;
import java.lang.management.BufferPoolMXBean;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;

import com.sun.management.OperatingSystemMXBean;
import com.sun.management.ThreadMXBean;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Metrics;
import io.netty.util.internal.PlatformDependent;

/**
 * What a server says of itself when it is asked.
 *
 * @param cpuNanos used by the process since it began
 * @param allocatedBytes by all threads that live, since they began
 * @param heapBytes in use; live ones if there was a collection before
 * @param directBytes of buffers outside the heap
 * @param residentBytes of the process, or 0 where the system does not say
 * @param flushes of all connections, if somebody asked to count them
 * @param droppedPushes that clients were too slow for
 */
public record Gauges(long cpuNanos, long allocatedBytes, long heapBytes, long directBytes, long residentBytes,
		long flushes, long droppedPushes) {

	static Gauges read() {
		OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		return new Gauges(system.getProcessCpuTime(), allocated(),
				ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), direct(), resident(),
				FlushCounter.flushes(), dropped());
	}

	/** Asks for a full collection first. */
	static Gauges readLive() {
		for (int i = 0; i < 3; i++) {
			System.gc();
		}
		return read();
	}

	private static long allocated() {
		ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
		long sum = 0;
		for (long bytes : threads.getThreadAllocatedBytes(threads.getAllThreadIds())) {
			sum += Math.max(0, bytes);
		}
		return sum;
	}

	private static long direct() {
		long nio = ManagementFactory.getPlatformMXBeans(BufferPoolMXBean.class)
			.stream()
			.mapToLong(BufferPoolMXBean::getMemoryUsed)
			.sum();
		return nio + Math.max(0, PlatformDependent.usedDirectMemory());
	}

	private static long resident() {
		Path status = Path.of("/proc/self/status");
		if (!Files.exists(status)) {
			return 0;
		}
		try {
			return Files.readAllLines(status)
				.stream()
				.filter((line) -> line.startsWith("VmRSS:"))
				.mapToLong((line) -> Long.parseLong(line.replaceAll("\\D", "")) * 1024)
				.findFirst()
				.orElse(0);
		}
		catch (IOException ex) {
			return 0;
		}
	}

	private static long dropped() {
		return (long) Metrics.globalRegistry.getRegistries()
			.stream()
			.flatMap((registry) -> registry.find("nano.pushes.dropped").functionCounters().stream())
			.mapToDouble(FunctionCounter::count)
			.sum();
	}

	String toLine() {
		return "%d %d %d %d %d %d %d".formatted(this.cpuNanos, this.allocatedBytes, this.heapBytes, this.directBytes,
				this.residentBytes, this.flushes, this.droppedPushes);
	}

	static Gauges ofLine(String line) {
		String[] parts = line.split(" ");
		return new Gauges(Long.parseLong(parts[0]), Long.parseLong(parts[1]), Long.parseLong(parts[2]),
				Long.parseLong(parts[3]), Long.parseLong(parts[4]), Long.parseLong(parts[5]), Long.parseLong(parts[6]));
	}

}
