package io.nanogame.cluster.group;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Pushes to a group that the game sends while it is called because of another one.
 */
class MovingMembersTests {

	private final ExecutorService threads = Executors.newCachedThreadPool();

	private final List<String> sent = Collections.synchronizedList(new ArrayList<>());

	private final MovingMembers one = new MovingMembers(null, () -> {
	});

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
	}

	/** A member waits for the end of the pushes. */
	private void beginChange(MovingMembers members) {
		Thread changing = new Thread(members::awaitPushes);
		changing.setDaemon(true);
		changing.start();
		await().until(() -> changing.getState() == Thread.State.WAITING);
	}

	@Test
	void aPushDoesNotWaitForAMemberThatWaitsForAnEarlierOne() throws Exception {
		Future<?> push = this.threads.submit(() -> this.one.send(() -> {
			beginChange(this.one);
			this.one.send(() -> this.sent.add("second"));
			this.sent.add("first");
		}));
		push.get(10, TimeUnit.SECONDS);
		assertThat(this.sent).containsExactly("second", "first");
	}

	@Test
	void aPushOfAnotherThreadDoesNotWaitForAMemberThatWaitsForAnEarlierOne() throws Exception {
		Future<?> push = this.threads.submit(() -> this.one.send(() -> {
			beginChange(this.one);
			Future<?> second = this.threads.submit(() -> this.one.send(() -> this.sent.add("second")));
			await().until(second::isDone);
			this.sent.add("first");
		}));
		push.get(10, TimeUnit.SECONDS);
		assertThat(this.sent).containsExactly("second", "first");
	}

}
