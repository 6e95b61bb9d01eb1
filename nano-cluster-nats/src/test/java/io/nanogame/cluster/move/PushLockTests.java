package io.nanogame.cluster.move;

import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The lock under which pushes are sent, and in which interceptors of the game run.
 */
@Timeout(20)
class PushLockTests {

	private final PushLock lock = new PushLock();

	private final PushLock other = new PushLock();

	private static void awaitLatch(CountDownLatch latch) {
		try {
			latch.await();
		}
		catch (InterruptedException ex) {
			throw new IllegalStateException(ex);
		}
	}

	/** Two threads push under each other's locks, as interceptors may. */
	@Test
	void pushesInOppositeOrderDoNotBlockEachOther() {
		CountDownLatch both = new CountDownLatch(2);
		CompletableFuture<Void> one = CompletableFuture.runAsync(() -> this.lock.shared(() -> {
			both.countDown();
			awaitLatch(both);
			this.other.shared(() -> {
			});
		}));
		this.other.shared(() -> {
			both.countDown();
			awaitLatch(both);
			this.lock.shared(() -> {
			});
		});
		one.join();
	}

	@Test
	void aPushWithinAPushDoesNotWaitBehindAChange() {
		AtomicReference<Thread> changing = new AtomicReference<>();
		CompletableFuture<Void> change = new CompletableFuture<>();
		this.lock.shared(() -> {
			change.completeAsync(() -> {
				changing.set(Thread.currentThread());
				this.lock.exclusive(() -> {
				});
				return null;
			});
			awaitBlocked(changing);
			CompletableFuture.runAsync(() -> this.lock.shared(() -> {
			})).join();
			assertThat(this.lock.<String>sharedResult(() -> "pushed")).isEqualTo("pushed");
			assertThat(change).isNotDone();
		});
		change.join();
	}

	private static void awaitBlocked(AtomicReference<Thread> thread) {
		await().until(() -> thread.get() != null && thread.get().getState() == Thread.State.WAITING);
	}

	@Test
	void aChangeWaitsForPushesThatHaveBegun() {
		AtomicReference<Thread> changing = new AtomicReference<>();
		StringBuffer order = new StringBuffer();
		CompletableFuture<Void> change = new CompletableFuture<>();
		this.lock.shared(() -> {
			change.completeAsync(() -> {
				changing.set(Thread.currentThread());
				this.lock.exclusive(() -> order.append(" changed"));
				return null;
			});
			awaitBlocked(changing);
			order.append("pushed");
		});
		change.join();
		assertThat(order).hasToString("pushed changed");
	}

	@Test
	void aPushOfAChangeDoesNotWaitForIt() {
		this.lock.exclusive(() -> assertThat(this.lock.<String>sharedResult(() -> "pushed")).isEqualTo("pushed"));
	}

}
