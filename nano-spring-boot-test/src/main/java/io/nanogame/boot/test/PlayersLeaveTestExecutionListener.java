package io.nanogame.boot.test;

import io.nanogame.boot.test.client.NanoTestClient;

import org.springframework.core.Ordered;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/** Disconnects all players after each test method. */
final class PlayersLeaveTestExecutionListener implements TestExecutionListener, Ordered {

	/**
	 * Listeners are called in reverse order after a test, and this one needs the context.
	 */
	private static final int AFTER_DIRTIES_CONTEXT = 4000;

	@Override
	public void afterTestMethod(TestContext testContext) {
		if (testContext.hasApplicationContext()) {
			testContext.getApplicationContext()
				.getBeanProvider(NanoTestClient.class)
				.ifAvailable(NanoTestClient::closeAll);
		}
	}

	@Override
	public int getOrder() {
		return AFTER_DIRTIES_CONTEXT;
	}

}
