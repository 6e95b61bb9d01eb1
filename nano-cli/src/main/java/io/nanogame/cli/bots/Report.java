package io.nanogame.cli.bots;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * The measurements of a run. Times are in milliseconds unless another unit is named.
 *
 * @param scenario the name of the scenario
 * @param server the address of the server
 * @param players the number of players
 * @param startedAt the start, ISO 8601
 * @param seconds the duration
 * @param everySeconds the interval at which rounds were due; {@code null} if each began
 * when the one before had ended
 * @param steps the steps, in the order of the scenario
 * @param connections the connections of all players
 * @param verdicts the thresholds
 * @param timeline a sample for each second
 */
public record Report(String scenario, String server, int players, String startedAt, double seconds,
		@Nullable Double everySeconds, List<StepResult> steps, ConnectionResult connections, List<Verdict> verdicts,
		List<Sample> timeline) {

	/**
	 * Returns whether all thresholds were kept.
	 * @return true also without thresholds
	 */
	public boolean passed() {
		return this.verdicts.stream().allMatch(Verdict::kept);
	}

	/**
	 * The result of a step.
	 *
	 * @param name the name of the step
	 * @param timed false for notifications, which have no response
	 * @param succeeded the number of successes
	 * @param failed the number of failures
	 * @param failures the number of failures of each kind
	 * @param times the times of successes since they began; {@code null} if there are
	 * none
	 * @param sinceDue the times of successes since they were due; {@code null} if there
	 * are none, or if rounds were not due by the clock
	 */
	public record StepResult(String name, boolean timed, long succeeded, long failed, Map<String, Long> failures,
			@Nullable Times times, @Nullable Times sinceDue) {

		/**
		 * Returns the number of attempts.
		 * @return successes and failures
		 */
		public long done() {
			return this.succeeded + this.failed;
		}

		/**
		 * Returns the fraction of the attempts that failed.
		 * @return 0 to 1
		 */
		public double errorRate() {
			return (done() > 0) ? (double) this.failed / done() : 0;
		}

		/**
		 * Returns the times to which thresholds apply: since due, if rounds were due by
		 * the clock.
		 * @return {@code null} if no attempt succeeded
		 */
		public @Nullable Times judged() {
			return (this.sinceDue != null) ? this.sinceDue : this.times;
		}

	}

	/**
	 * The distribution of a step's times.
	 */
	public record Times(double mean, double p50, double p90, double p95, double p99, double p999, double max) {
	}

	/**
	 * The connections of all players.
	 *
	 * @param made the connections that were opened
	 * @param lost the connections that the player did not close itself
	 * @param lostBecause the number of lost connections for each cause
	 * @param reconnects the connections that replaced a lost one
	 * @param missedRounds the rounds that were due during an outage
	 * @param withoutAtEnd the players that had lost their connection and were
	 * disconnected at the end
	 * @param neverConnected the players that never had a connection
	 * @param outages the durations of outages; {@code null} if there were none
	 * @param outageSeconds the sum of all outages
	 */
	public record ConnectionResult(long made, long lost, Map<String, Long> lostBecause, long reconnects,
			long missedRounds, long withoutAtEnd, long neverConnected, @Nullable Times outages, double outageSeconds) {
	}

	/**
	 * The verdict on a threshold.
	 *
	 * @param what the step and the measure
	 * @param limit the threshold
	 * @param actual the measured value
	 * @param kept whether the value is within the threshold
	 */
	public record Verdict(String what, String limit, String actual, boolean kept) {
	}

	/**
	 * A sample of one second.
	 *
	 * @param second counted from the start
	 * @param connected the connected players at the end of the second
	 * @param succeeded the steps that succeeded
	 * @param failed the steps that failed
	 * @param p99 the 99th percentile of each timed step
	 */
	public record Sample(int second, long connected, long succeeded, long failed, Map<String, Double> p99) {
	}

}
