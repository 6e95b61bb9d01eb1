package io.nanogame.cli.bots;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * Who plays what, and what is good enough.
 *
 * @param name for the report
 * @param server its address; {@code null} if the scenario does not tell
 * @param players how many
 * @param rampUp how long it takes until the last of them has come
 * @param duration from the first player's coming to the end
 * @param every when each round of a player is due; {@code null} if it begins as soon as
 * the one before has ended
 * @param user what players tell in the handshake; {@code null} for nothing
 * @param connect the steps of each new connection
 * @param round the steps after that, again and again
 * @param thresholds what is good enough
 */
public record Scenario(String name, @Nullable String server, int players, Duration rampUp, Duration duration,
		@Nullable Duration every, @Nullable Template user, List<Step> connect, List<Step> round,
		List<Threshold> thresholds) {

	Stream<Step> steps() {
		return Stream.concat(this.connect.stream(), this.round.stream());
	}

	/**
	 * The same scenario for another crowd.
	 * @param others how many; {@code null} for as many as before
	 * @param time how long; {@code null} for as long as before
	 * @return the scenario
	 */
	public Scenario with(@Nullable Integer others, @Nullable Duration time) {
		return new Scenario(this.name, this.server, (others != null) ? others : this.players, this.rampUp,
				(time != null) ? time : this.duration, this.every, this.user, this.connect, this.round,
				this.thresholds);
	}

}
