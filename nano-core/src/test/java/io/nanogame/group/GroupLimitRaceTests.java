package io.nanogame.group;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;

import io.nanogame.connection.RecordingLoop;
import io.nanogame.session.Introduction;
import io.nanogame.session.Session;
import io.nanogame.session.TestSessions;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Races of two threads of which only one can succeed.
 */
class GroupLimitRaceTests {

	private final TestSessions sessions = new TestSessions();

	private final ExecutorService threads = Executors.newCachedThreadPool();

	@AfterEach
	void stop() {
		this.threads.shutdownNow();
		this.sessions.timers.stop();
	}

	private Session open(RecordingLoop loop) {
		Session session = this.sessions.registry.create(loop.connect(), Introduction.UNKNOWN);
		this.sessions.registry.open(session);
		return session;
	}

	private LocalGroup group(int size) {
		return new LocalGroup("room", this.sessions.payloads, GroupSettings.of(size, MergedRoutes.NONE),
				this.sessions.timers, (closed) -> {
				});
	}

	@Test
	void theSizeLimitIsNotExceeded() {
		RecordingLoop loop = new RecordingLoop(false);
		for (int i = 0; i < 500; i++) {
			LocalGroup duel = group(1);
			AtomicInteger accepted = new AtomicInteger();
			Runnable join = () -> {
				try {
					duel.add(open(loop));
					accepted.incrementAndGet();
				}
				catch (GroupFullException ex) {
					// The other thread was first.
				}
			};
			atOnce(join, join);
			assertThat(accepted).hasValue(1);
			assertThat(duel.count()).isOne();
		}
	}

	@Test
	void aGroupThatIsClosedAsEmptyAcceptsNoMember() {
		RecordingLoop loop = new RecordingLoop(false);
		for (int i = 0; i < 500; i++) {
			LocalGroup room = group(0);
			AtomicBoolean closed = new AtomicBoolean();
			AtomicBoolean joined = new AtomicBoolean();
			atOnce(() -> closed.set(room.closeIfEmpty()), () -> {
				try {
					joined.set(room.add(open(loop)));
				}
				catch (GroupClosedException ex) {
					// The other thread was first.
				}
			});
			assertThat(closed.get()).isNotEqualTo(joined.get());
			assertThat(room.count()).isEqualTo(joined.get() ? 1 : 0);
		}
	}

	@Test
	void aClosedGroupKeepsNoMemberThatJoinedConcurrently() {
		RecordingLoop loop = new RecordingLoop(false);
		for (int i = 0; i < 500; i++) {
			LocalGroup room = group(0);
			Session ann = open(loop);
			atOnce(room::close, () -> {
				try {
					room.add(ann);
				}
				catch (GroupClosedException ex) {
					// The other thread was first.
				}
			});
			assertThat(room.contains(ann)).isFalse();
			assertThat(room.count()).isZero();
		}
	}

	private void atOnce(Runnable one, Runnable other) {
		CyclicBarrier start = new CyclicBarrier(2);
		CompletableFuture<?> elsewhere = CompletableFuture.runAsync(() -> after(start, one), this.threads);
		after(start, other);
		assertThat(elsewhere).succeedsWithin(Duration.ofSeconds(20));
	}

	private static void after(CyclicBarrier start, Runnable operation) {
		try {
			start.await();
		}
		catch (Exception ex) {
			throw new IllegalStateException(ex);
		}
		operation.run();
	}

}
