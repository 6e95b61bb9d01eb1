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
 * Gauges of a server's process.
 *
 * @param cpuNanos the CPU time of the process since its start
 * @param allocatedBytes the bytes allocated by all live threads since their start
 * @param heapBytes the used heap; only live objects after a collection
 * @param directBytes the size of buffers outside the heap
 * @param residentBytes the resident memory of the process, or 0 if unknown
 * @param flushes the flushes of all connections, if they are counted
 * @param droppedPushes the pushes dropped because clients were too slow
 */
public record Gauges(long cpuNanos, long allocatedBytes, long heapBytes, long directBytes, long residentBytes,
		long flushes, long droppedPushes) {

	static Gauges read() {
		OperatingSystemMXBean system = (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();
		return new Gauges(system.getProcessCpuTime(), allocated(),
				ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(), direct(), resident(),
				FlushCounter.flushes(), dropped());
	}

	/** Reads the gauges after a full collection. */
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
