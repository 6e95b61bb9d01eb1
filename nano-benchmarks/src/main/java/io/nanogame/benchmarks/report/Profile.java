package io.nanogame.benchmarks.report;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Attributes CPU time to libraries: each sampled stack counts for the topmost frame with
 * an owner. Frames of the JDK count for their caller.
 */
public final class Profile {

	private static final String SOCKETS = "sockets (system calls)";

	private static final String WAKING = "waking threads (system calls)";

	private static final String OURS = "nano";

	private static final String JVM = "compilers and collector";

	private static final String OTHERS = "others";

	/** Owners by prefix of a frame; the first match wins. */
	private static final List<Map.Entry<String, String>> OWNERS = List.of(
			Map.entry("io/netty/channel/epoll/Native.", SOCKETS),
			Map.entry("io/netty/channel/epoll/LinuxSocket.", SOCKETS), Map.entry("io/netty/channel/unix/", SOCKETS),
			Map.entry("sun/nio/ch/", SOCKETS), Map.entry("jdk/internal/misc/Unsafe.park", WAKING),
			Map.entry("jdk/internal/misc/Unsafe.unpark", WAKING), Map.entry("io/netty/", "Netty"),
			Map.entry("tools/jackson/", "Jackson"), Map.entry("io/micrometer/", "Micrometer"),
			Map.entry("io/prometheus/", "Micrometer"), Map.entry("org/springframework/", "Spring"),
			Map.entry("io/nanogame/", OURS));

	private static final List<String> COLUMNS = List.of(SOCKETS, WAKING, "Netty", "Jackson", "Micrometer", "Spring",
			OURS, JVM, OTHERS);

	private Profile() {
	}

	/**
	 * Sums up the samples by owner.
	 * @param collapsed a line for each stack: frames separated by semicolons, the top
	 * last, then a blank and the number of samples
	 * @return percent by owner, 100 in total
	 */
	public static Map<String, Double> shares(String collapsed) {
		Map<String, Double> shares = new LinkedHashMap<>();
		COLUMNS.forEach((owner) -> shares.put(owner, 0.0));
		long all = 0;
		for (String line : collapsed.lines().toList()) {
			int blank = line.lastIndexOf(' ');
			long samples = Long.parseLong(line.substring(blank + 1));
			shares.merge(owner(line.substring(0, blank).split(";")), (double) samples, Double::sum);
			all += samples;
		}
		double hundredth = Math.max(1, all) / 100.0;
		shares.replaceAll((owner, samples) -> samples / hundredth);
		return shares;
	}

	private static String owner(String[] frames) {
		boolean java = false;
		for (int i = frames.length - 1; i >= 0; i--) {
			for (Map.Entry<String, String> owner : OWNERS) {
				if (frames[i].startsWith(owner.getKey())) {
					return owner.getValue();
				}
			}
			java |= frames[i].startsWith("java/");
		}
		return java ? OTHERS : JVM;
	}

}
