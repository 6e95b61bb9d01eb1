package io.nanogame.cli.bots;

import java.time.Duration;
import java.util.List;
import java.util.stream.Stream;

import org.jspecify.annotations.Nullable;

/**
 * A scenario: players, their steps and thresholds.
 *
 * @param name the name in the report
 * @param server the address of the server; {@code null} if the file has none
 * @param players the number of players
 * @param rampUp the time until the last player connects
 * @param duration the time from the first connect to the end
 * @param every the interval at which rounds of a player are due; {@code null} if each
 * begins when the one before has ended
 * @param user the user data for the handshake; {@code null} for none
 * @param connect the steps of each new connection
 * @param round the steps that are repeated after that
 * @param thresholds the limits for the results
 */
public record Scenario(String name, @Nullable String server, int players, Duration rampUp, Duration duration,
		@Nullable Duration every, @Nullable Template user, List<Step> connect, List<Step> round,
		List<Threshold> thresholds) {

	Stream<Step> steps() {
		return Stream.concat(this.connect.stream(), this.round.stream());
	}

	/**
	 * Returns this scenario with another number of players or another duration.
	 * @param otherPlayers {@code null} to keep the number of players
	 * @param otherDuration {@code null} to keep the duration
	 * @return a new scenario
	 */
	public Scenario with(@Nullable Integer otherPlayers, @Nullable Duration otherDuration) {
		return new Scenario(this.name, this.server, (otherPlayers != null) ? otherPlayers : this.players, this.rampUp,
				(otherDuration != null) ? otherDuration : this.duration, this.every, this.user, this.connect,
				this.round, this.thresholds);
	}

}
