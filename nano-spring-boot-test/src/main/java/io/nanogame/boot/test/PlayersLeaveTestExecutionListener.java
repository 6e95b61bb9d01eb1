package io.nanogame.boot.test;

import io.nanogame.boot.test.client.NanoTestClient;

import org.springframework.core.Ordered;
import org.springframework.test.context.TestContext;
import org.springframework.test.context.TestExecutionListener;

/** Lets all players leave behind each test method. */
final class PlayersLeaveTestExecutionListener implements TestExecutionListener, Ordered {

	/** Listeners are called backwards then, and the context has to be there still. */
	private static final int BEHIND_DIRTIES_CONTEXT = 4000;

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
		return BEHIND_DIRTIES_CONTEXT;
	}

}
