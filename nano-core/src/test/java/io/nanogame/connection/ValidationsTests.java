package io.nanogame.connection;

import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Executor;

import io.nanogame.lane.ManualExecutor;
import io.nanogame.session.Handshake;
import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.session.HandshakeValidator;
import io.nanogame.session.Session;
import io.nanogame.session.TestSessions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Validators of handshakes beside the work of players.
 */
class ValidationsTests {

	private static final int LIMIT = 100;

	private final TestSessions sessions = new TestSessions();

	private final ManualExecutor worker = new ManualExecutor();

	private final List<String> done = new ArrayList<>();

	private final HandshakeValidator noting = (handshake) -> this.done.add("validated " + number(handshake));

	private static long number(Handshake handshake) {
		return handshake.session().id();
	}

	private Validations validations(Executor workers, int most, HandshakeValidator... validators) {
		return new Validations(List.of(validators), workers, new Validations.Bounds(most, 1));
	}

	private Session submit(Validations validations) {
		Session candidate = this.sessions.create("{}");
		Handshake handshake = new Handshake(candidate);
		validations.submit(handshake, new Validations.Verdict() {

			@Override
			public void valid() {
				ValidationsTests.this.done.add("valid " + number(handshake));
			}

			@Override
			public void invalid(Throwable reason) {
				ValidationsTests.this.done.add("invalid " + number(handshake) + " " + reason.getMessage());
			}

			@Override
			public void busy() {
				ValidationsTests.this.done.add("busy " + number(handshake));
			}

		});
		return candidate;
	}

	@Test
	void aMessageWaitsForOneValidationNotForAll() {
		Validations validations = validations(this.worker, LIMIT, this.noting);
		for (int i = 0; i < 3; i++) {
			submit(validations);
		}
		this.worker.execute(() -> this.done.add("player"));
		this.worker.runAll();
		assertThat(this.done).containsExactly("validated 1", "valid 1", "player", "validated 2", "valid 2",
				"validated 3", "valid 3");
	}

	@Test
	void aDisconnectedClientIsNotValidated() {
		Validations validations = validations(this.worker, LIMIT, this.noting);
		submit(validations);
		for (int i = 0; i < 50; i++) {
			submit(validations).close();
		}
		submit(validations);
		this.worker.runAll();
		assertThat(this.done).containsExactly("validated 1", "valid 1", "validated 52", "valid 52");
		assertThat(this.worker.waiting()).isZero();
	}

	@Test
	void aDisconnectBetweenTwoValidatorsSkipsTheSecond() {
		Validations validations = validations(this.worker, LIMIT, this.noting,
				(handshake) -> handshake.session().close(), this.noting);
		submit(validations);
		this.worker.runAll();
		assertThat(this.done).containsExactly("validated 1");
	}

	@Test
	void aClientAboveTheLimitIsRejected() {
		Validations validations = validations(this.worker, 2, this.noting);
		submit(validations);
		this.worker.runAll();
		this.done.clear();
		submit(validations);
		// One counts for the worker that will come, as it may be at work already.
		submit(validations);
		assertThat(this.done).containsExactly("busy 3");
		assertThat(validations.limit().timesExceeded()).isOne();
		this.worker.runAll();
		assertThat(this.done).containsExactly("busy 3", "validated 2", "valid 2");
	}

	@Test
	void aDisconnectedClientDoesNotCountAgainstTheLimit() {
		Validations validations = validations(this.worker, 2, this.noting);
		submit(validations).close();
		submit(validations);
		this.worker.runAll();
		assertThat(this.done).containsExactly("validated 2", "valid 2");
	}

	@Test
	void theHandshakeOfADisconnectedClientIsReleasedBeforeItsTurn() {
		Validations validations = validations(this.worker, LIMIT, this.noting);
		WeakReference<Session> gone = disconnected(validations);
		await().until(() -> {
			System.gc();
			return gone.get() == null;
		});
		this.worker.runAll();
		assertThat(this.done).isEmpty();
	}

	private WeakReference<Session> disconnected(Validations validations) {
		Session candidate = submit(validations);
		candidate.close();
		return new WeakReference<>(candidate);
	}

	@Test
	void aClientIsRejectedWhenTheWorkersRejectTheTask() {
		Validations validations = validations(this.worker, LIMIT, this.noting);
		this.worker.full(true);
		submit(validations);
		assertThat(this.done).containsExactly("busy 1");
		this.worker.full(false);
		submit(validations);
		this.worker.runAll();
		assertThat(this.done).containsExactly("busy 1", "validated 2", "valid 2");
	}

	@Test
	void theCurrentWorkerContinuesWhenTheWorkersRejectTheNextTask() {
		Validations validations = validations(this.worker, LIMIT, this.noting);
		submit(validations);
		submit(validations);
		this.worker.full(true).runNext();
		assertThat(this.done).containsExactly("validated 1", "valid 1", "validated 2", "valid 2");
	}

	@Test
	void anExceptionOfAValidatorRejectsItsClientOnly() {
		Validations validations = validations(this.worker, LIMIT, (handshake) -> {
			if (number(handshake) == 1) {
				throw new HandshakeRefusedException("no");
			}
			if (number(handshake) == 2) {
				throw new AssertionError("expected by this test");
			}
		});
		for (int i = 0; i < 3; i++) {
			submit(validations);
		}
		this.worker.runAll();
		assertThat(this.done).containsExactly("invalid 1 no", "invalid 2 expected by this test", "valid 3");
	}

}
