package io.nanogame.boot.autoconfigure.actuate;

import java.util.function.Supplier;

import org.jspecify.annotations.Nullable;

import org.springframework.boot.availability.ApplicationAvailability;
import org.springframework.boot.availability.AvailabilityChangeEvent;
import org.springframework.boot.availability.ReadinessState;
import org.springframework.context.ApplicationEventPublisher;

/**
 * The readiness of the app while its node is drained. Thread-safe.
 */
final class ClusterReadiness {

	private final ApplicationEventPublisher publisher;

	private final Supplier<@Nullable ApplicationAvailability> availability;

	/**
	 * Creates an object that has not changed the readiness.
	 * @param publisher receives changes
	 * @param availability supplies the present readiness, if the app has one
	 */
	ClusterReadiness(ApplicationEventPublisher publisher, Supplier<@Nullable ApplicationAvailability> availability) {
		this.publisher = publisher;
		this.availability = availability;
	}

	/** Refuses traffic, unless the app already does. */
	void refuse() {
		ApplicationAvailability present = this.availability.get();
		if (present == null || present.getReadinessState() == ReadinessState.ACCEPTING_TRAFFIC) {
			AvailabilityChangeEvent.publish(this.publisher, this, ReadinessState.REFUSING_TRAFFIC);
		}
	}

	/** Accepts traffic, unless it is refused for another reason. */
	void accept() {
		ApplicationAvailability present = this.availability.get();
		AvailabilityChangeEvent<ReadinessState> last = (present != null)
				? present.getLastChangeEvent(ReadinessState.class) : null;
		if (last == null || last.getSource() == this) {
			AvailabilityChangeEvent.publish(this.publisher, this, ReadinessState.ACCEPTING_TRAFFIC);
		}
	}

}
