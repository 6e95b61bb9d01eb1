package io.nanogame.test;

import java.util.List;

import io.netty.buffer.PooledByteBufAllocator;
import io.netty.buffer.UnpooledByteBufAllocator;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Fails the run when a buffer leaked in any of its tests. Netty detects a leak only when
 * it tracks another resource after a garbage collection, so both are forced at the end of
 * the session.
 */
public final class LeakListener implements LauncherSessionListener {

	@Override
	public void launcherSessionClosed(LauncherSession session) {
		List<String> leaks = findLeaks();
		if (!leaks.isEmpty()) {
			leaks.forEach(System.err::println);
			System.err.println(leaks.size() + " buffer leak(s), see above");
			System.err.flush();
			// An exception thrown here is only logged by the launcher.
			Runtime.getRuntime().halt(3);
		}
	}

	private static List<String> findLeaks() {
		for (int i = 0; i < 5; i++) {
			System.gc();
			UnpooledByteBufAllocator.DEFAULT.heapBuffer(1).release();
			PooledByteBufAllocator.DEFAULT.directBuffer(1).release();
		}
		return RecordingLeakDetector.leaks();
	}

}
