package io.nanogame.connection;

import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.stream.LongStream;
import java.util.stream.Stream;

import ch.qos.logback.classic.Level;
import io.nanogame.resume.ResumeOutcome;
import io.nanogame.resume.ResumeSettings;
import io.nanogame.server.RecordedLog;
import io.nanogame.server.TestServer;
import io.nanogame.session.LoginPolicy;
import io.nanogame.session.Session;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Clients that connect and break off, as an attacker does: their sessions stay within the
 * limits, and leave nothing behind. With {@code -Dnano.test.detached-sessions=100000} the
 * heap of each is measured, too.
 */
class ManyDetachedSessionsTests {

	private static final int COUNT = Integer.getInteger("nano.test.detached-sessions", 5000);

	private static final int MORE = COUNT / 10;

	private static final int WARM_UP = 1000;

	/** With fewer sessions the heap of each is not exact. */
	private static final boolean HEAP_IS_MEASURED = COUNT >= 100_000;

	/** Of heap, without data of a game. */
	private static final long MAX_BYTES_OF_A_SESSION = 1500;

	/** Of heap, after the session has expired: the tables of maps do not shrink. */
	private static final long MAX_BYTES_LEFT = 200;

	/** Of heap, for the reason why the server has closed a session. */
	private static final long MAX_BYTES_OF_A_REASON = 300;

	private static final Duration WINDOW = Duration.ofSeconds(30);

	/** For half of the sessions, with one push each. */
	private static final long MAX_TOTAL_BYTES = COUNT * 500L;

	private static final byte[] HANDSHAKE = RawClient.packet(1,
			"{\"sys\":{\"resume\":{}}}".getBytes(StandardCharsets.UTF_8));

	private static final byte[] ACK = RawClient.packet(2, new byte[0]);

	private final StillServer server = new StillServer(TestServer.settings((it) -> it.heartbeat(Duration.ofMinutes(10))
		.resume(new ResumeSettings(WINDOW, 4096, COUNT, MAX_TOTAL_BYTES))), LoginPolicy.SEVERAL);

	private long heapBefore;

	/** Loads all classes, which are no part of the heap of sessions. */
	@BeforeEach
	void warmUp() {
		breakOff(WARM_UP);
		assertThat(linesOf(this.server::finish)).isZero();
		this.server.pass(WINDOW.plusSeconds(20));
		this.server.finish();
		assertHeapOfEach("warm-up", Long.MAX_VALUE);
		this.heapBefore = heap();
	}

	/**
	 * Returns the number of logged lines about closed sessions. The lines are not kept,
	 * because Logback refers to a detached appender until it logs again.
	 */
	private static int linesOf(Runnable action) {
		try (RecordedLog log = new RecordedLog(Level.DEBUG,
				(event) -> event.getFormattedMessage().contains("too many") ? Stream.of("closed") : Stream.empty())) {
			action.run();
			return log.lines().size();
		}
	}

	/** Clients connect and break off, one after the other. */
	private void breakOff(int count) {
		for (int i = 0; i < count; i++) {
			StillServer.Client client = this.server.connect();
			client.send(HANDSHAKE, ACK);
			this.server.finish();
			client.cut();
			this.server.finish();
		}
	}

	private static long heap() {
		if (HEAP_IS_MEASURED) {
			for (int i = 0; i < 3; i++) {
				System.gc();
			}
		}
		return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
	}

	private void assertHeapOfEach(String what, long limit) {
		if (HEAP_IS_MEASURED) {
			long bytes = (heap() - this.heapBefore) / COUNT;
			System.out.printf("%s: %,d sessions, %,d B of heap each%n", what, this.server.sessions.count(), bytes);
			assertThat(bytes).as("bytes of heap of each session: " + what).isLessThan(limit);
		}
	}

	private LongStream ids() {
		return this.server.sessions.all().stream().mapToLong(Session::id);
	}

	private long evicted() {
		return this.server.resumable().count(ResumeOutcome.EVICTED);
	}

	@Test
	void theFirstAreClosedAboveTheNumber() {
		breakOff(COUNT);
		assertHeapOfEach("detached", MAX_BYTES_OF_A_SESSION);
		assertThat(this.server.resumable().detachedCount()).isEqualTo(COUNT);
		assertThat(evicted()).isZero();
		long first = ids().min().orElseThrow();
		assertThat(linesOf(() -> breakOff(MORE))).isEqualTo(MORE);
		assertHeapOfEach("after more", MAX_BYTES_OF_A_SESSION);
		assertThat(this.server.resumable().detachedCount()).isEqualTo(COUNT);
		assertThat(this.server.sessions.count()).isEqualTo(COUNT);
		assertThat(ids().min()).hasValue(first + MORE);
		assertThat(evicted()).isEqualTo(MORE);
		expire();
	}

	@Test
	void theFirstAreClosedAboveTheBytes() {
		breakOff(COUNT);
		long last = ids().max().orElseThrow();
		int lines = linesOf(() -> {
			this.server.sessions.all().forEach((session) -> session.push("onPush", "x".repeat(1000)));
			this.server.finish();
			this.server.pass(Duration.ofSeconds(5));
			this.server.finish();
		});
		assertHeapOfEach("with a push of 1,000 B each, as far as the limit allows", MAX_BYTES_OF_A_SESSION);
		int rest = this.server.sessions.count();
		assertThat(this.server.resumable().bytes()).isBetween(MAX_TOTAL_BYTES - 1100, MAX_TOTAL_BYTES);
		assertThat(rest).isBetween(COUNT / 2 - COUNT / 20, COUNT / 2);
		assertThat(ids().min()).hasValue(last - rest + 1);
		assertThat(evicted()).isEqualTo(COUNT - rest);
		assertThat(lines).isEqualTo(COUNT - rest);
		expire();
	}

	/** Reasons that are too old are forgotten when the server closes the next session. */
	private void closeAnother() {
		breakOff(1);
		this.server.session().close();
		this.server.finish();
	}

	private void expire() {
		int rest = this.server.sessions.count();
		this.server.pass(WINDOW.plusSeconds(20));
		this.server.finish();
		assertHeapOfEach("expired", MAX_BYTES_LEFT + MAX_BYTES_OF_A_REASON * evicted() / COUNT);
		closeAnother();
		assertHeapOfEach("reasons forgotten", MAX_BYTES_LEFT);
		assertThat(this.server.resumable().count(ResumeOutcome.WINDOW_OVER)).isEqualTo(rest + WARM_UP);
		assertThat(this.server.sessions.count()).isZero();
		assertThat(this.server.resumable().detachedCount()).isZero();
		assertThat(this.server.resumable().bytes()).isZero();
		assertThat(this.server.connections().count()).isZero();
	}

}
