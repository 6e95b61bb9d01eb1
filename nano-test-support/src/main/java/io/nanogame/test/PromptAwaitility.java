package io.nanogame.test;

import java.time.Duration;

import org.awaitility.Awaitility;
import org.junit.platform.launcher.LauncherSession;
import org.junit.platform.launcher.LauncherSessionListener;

/**
 * Lets Awaitility check conditions more often than every 100 ms, its default: tests wait
 * for much that takes a millisecond. A module registers it with the JUnit platform.
 */
public final class PromptAwaitility implements LauncherSessionListener {

	private static final Duration POLL_INTERVAL = Duration.ofMillis(5);

	@Override
	public void launcherSessionOpened(LauncherSession session) {
		Awaitility.setDefaultPollInterval(POLL_INTERVAL);
	}

}
