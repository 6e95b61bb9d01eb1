package io.nanogame.test;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.netty.util.ResourceLeakDetector;

/**
 * A leak detector that records the leaks that Netty's detector logs, so that
 * {@link LeakListener} can fail the run. Netty creates it because of the system property
 * {@code io.netty.customResourceLeakDetector}, and requires these constructors.
 *
 * @param <T> the kind of resource
 */
public final class RecordingLeakDetector<T> extends ResourceLeakDetector<T> {

	private static final List<String> LEAKS = new CopyOnWriteArrayList<>();

	public RecordingLeakDetector(Class<?> resourceType, int samplingInterval) {
		super(resourceType, samplingInterval);
	}

	@SuppressWarnings("deprecation")
	public RecordingLeakDetector(Class<?> resourceType, int samplingInterval, long maxActive) {
		super(resourceType, samplingInterval, maxActive);
	}

	@Override
	protected boolean needReport() {
		return true;
	}

	@Override
	protected void reportTracedLeak(String resourceType, String records) {
		LEAKS.add(resourceType + records);
		super.reportTracedLeak(resourceType, records);
	}

	@Override
	protected void reportUntracedLeak(String resourceType) {
		LEAKS.add(resourceType);
		super.reportUntracedLeak(resourceType);
	}

	/**
	 * Returns the leaks in this JVM so far.
	 * @return a copy, empty if there are none
	 */
	public static List<String> leaks() {
		return List.copyOf(LEAKS);
	}

}
