package io.nanogame.boot.autoconfigure.actuate;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;

import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Timer;
import io.nanogame.observe.Outcome;
import io.nanogame.spring.push.PushApiObserver;
import io.nanogame.spring.push.PushTarget;
import org.jspecify.annotations.Nullable;

/**
 * Records the times of push API requests. All timers are created at startup, so that
 * callers cannot create any.
 */
final class PushApiTimers implements PushApiObserver {

	private static final String OTHER = "none";

	private static final List<Outcome> OUTCOMES = List.of(Outcome.SUCCESS, Outcome.REFUSED, Outcome.FAILED);

	private final Map<Key, Timer> timers = new HashMap<>();

	PushApiTimers(MeterRegistry registry) {
		for (Outcome outcome : OUTCOMES) {
			for (PushTarget target : PushTarget.values()) {
				this.timers.put(new Key(target, outcome), timer(registry, target.path(), outcome));
			}
			this.timers.put(new Key(null, outcome), timer(registry, OTHER, outcome));
		}
	}

	private static Timer timer(MeterRegistry registry, String target, Outcome outcome) {
		return Timer.builder(NanoMeter.PUSH_API_REQUESTS.getName())
			.description(NanoMeter.PUSH_API_REQUESTS.description())
			.tag(NanoMeter.Tag.TARGET.asString(), target)
			.tag(NanoMeter.Tag.OUTCOME.asString(), Labels.of(outcome))
			.register(registry);
	}

	@Override
	public void handled(@Nullable PushTarget target, Outcome outcome, long nanos) {
		Objects.requireNonNull(this.timers.get(new Key(target, outcome))).record(nanos, TimeUnit.NANOSECONDS);
	}

	private record Key(@Nullable PushTarget target, Outcome outcome) {
	}

}
