package io.nanogame.cli.bots;

import java.util.List;
import java.util.Map;

import org.jspecify.annotations.Nullable;

/**
 * What players saw. All times are in milliseconds, but where another unit is named.
 *
 * @param scenario its name
 * @param server its address
 * @param players how many there were
 * @param startedAt when, ISO 8601
 * @param seconds how long it took
 * @param everySeconds when each round was due; {@code null} if players waited for the
 * server before they went on
 * @param steps what was done, in the order of the scenario
 * @param connections how the players were connected
 * @param verdicts the thresholds
 * @param timeline second by second
 */
public record Report(String scenario, String server, int players, String startedAt, double seconds,
		@Nullable Double everySeconds, List<StepResult> steps, ConnectionResult connections, List<Verdict> verdicts,
		List<Sample> timeline) {

	/**
	 * Whether all was good enough.
	 * @return true without thresholds, too
	 */
	public boolean passed() {
		return this.verdicts.stream().allMatch(Verdict::kept);
	}

	/**
	 * A step.
	 *
	 * @param name its name
	 * @param timed false of notifies, which nobody answers
	 * @param succeeded how often it did
	 * @param failed how often it did not
	 * @param failures why, and how often
	 * @param times of those that succeeded, from when they began; {@code null} without
	 * @param sinceDue the same, from when they should have begun; {@code null} without,
	 * or when they were not due by the clock
	 */
	public record StepResult(String name, boolean timed, long succeeded, long failed, Map<String, Long> failures,
			@Nullable Times times, @Nullable Times sinceDue) {

		/**
		 * How often it was tried.
		 * @return with success or without
		 */
		public long done() {
			return this.succeeded + this.failed;
		}

		/**
		 * Which part of it failed.
		 * @return 0 to 1
		 */
		public double errorRate() {
			return (done() > 0) ? (double) this.failed / done() : 0;
		}

		/**
		 * The times that tell how long players really waited.
		 * @return {@code null} without
		 */
		public @Nullable Times judged() {
			return (this.sinceDue != null) ? this.sinceDue : this.times;
		}

	}

	/**
	 * A distribution.
	 */
	public record Times(double mean, double p50, double p90, double p95, double p99, double p999, double max) {
	}

	/**
	 * How the players were connected.
	 *
	 * @param made connections that were made
	 * @param lost those that ended without the player's doing
	 * @param lostBecause why, and how often
	 * @param reconnects of those, how often another one was made
	 * @param missedRounds rounds that were due after a connection was lost, before the
	 * player was ready again
	 * @param withoutAtEnd players who had lost their connection and not got another one
	 * @param neverConnected players who had come and never got a connection
	 * @param outages how long players were without, once for each connection lost;
	 * {@code null} if none was
	 * @param outageSeconds the sum of that
	 */
	public record ConnectionResult(long made, long lost, Map<String, Long> lostBecause, long reconnects,
			long missedRounds, long withoutAtEnd, long neverConnected, @Nullable Times outages, double outageSeconds) {
	}

	/**
	 * A threshold.
	 *
	 * @param what it is about
	 * @param limit what was asked for
	 * @param actual what it was
	 * @param kept whether that is good enough
	 */
	public record Verdict(String what, String limit, String actual, boolean kept) {
	}

	/**
	 * A second.
	 *
	 * @param second counted from the start
	 * @param connected players with a connection at its end
	 * @param succeeded steps in this second
	 * @param failed steps in this second
	 * @param p99 of the steps that were timed in this second
	 */
	public record Sample(int second, long connected, long succeeded, long failed, Map<String, Double> p99) {
	}

}
