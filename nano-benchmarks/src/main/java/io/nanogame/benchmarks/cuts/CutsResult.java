package io.nanogame.benchmarks.cuts;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.stream.Stream;

import io.nanogame.benchmarks.cuts.CutCounts.Method;
import io.nanogame.benchmarks.cuts.CutCounts.Place;

/**
 * The result of a run.
 *
 * @param groups the clients by their kind
 * @param counts the cuts
 * @param leastCuts the number of cuts of the client that was cut least
 * @param plantsFound whether the comparison finds faults that are planted in a real
 * ledger
 * @param complaints lost sessions and other failures at the clients, and errors of the
 * app
 */
record CutsResult(List<Group> groups, CutCounts counts, int leastCuts, boolean plantsFound, List<String> complaints) {

	/** The complaints that are shown. */
	private static final int SHOWN = 20;

	static CutsResult of(List<Ends> ends, CutCounts counts, List<String> errors, Random random) {
		List<Group> groups = Stream.of("java", "node", "tab")
			.map((kind) -> Group.of(kind, ends.stream().filter((end) -> end.client().kind().equals(kind)).toList()))
			.filter((group) -> group.clients() > 0)
			.toList();
		boolean plantsFound = ends.stream()
			.allMatch((end) -> end.client().sent().length > 1 && Plants.areFound(end.client().sent(), random));
		List<String> complaints = new ArrayList<>(errors);
		ends.forEach((end) -> complaints.addAll(end.client().complaints()));
		return new CutsResult(groups, counts, counts.least(ends.stream().map((end) -> end.client().name()).toList()),
				plantsFound, complaints);
	}

	/** Returns whether each message has arrived once and in order, in its session. */
	boolean isExactlyOnce() {
		return this.plantsFound && this.complaints.isEmpty() && this.groups.stream().allMatch(Group::isGood);
	}

	/** Returns whether there were enough cuts of each kind for a proof. */
	boolean hasEnoughCuts(int ofEachClient) {
		int clients = this.groups.stream().mapToInt(Group::clients).sum();
		return this.leastCuts >= ofEachClient && this.counts.of(Place.PACKET) >= clients
				&& this.counts.of(Place.REQUEST) >= clients && this.counts.of(Place.RESUME_HANDSHAKE) >= clients / 10;
	}

	void print(PrintStream out) {
		out.printf("cuts: %-5s %7s  %-10s %9s %9s %6s %6s %12s %8s%n", "kind", "clients", "messages", "sent",
				"received", "lost", "twice", "out of order", "unknown");
		for (Group group : this.groups) {
			print(out, group, "to server", group.toServer());
			print(out, group, "responses", group.responses());
			print(out, group, "pushes", group.pushes());
		}
		for (Group group : this.groups) {
			out.printf(Locale.ROOT, "cuts: %-5s was away %d times, p50 %d ms, p99 %d ms, at most %d ms%n", group.kind(),
					group.awayMillis().length, group.away(0.5), group.away(0.99), group.away(1));
		}
		out.printf("cuts: %d cuts, at least %d of a client%n", this.counts.total(), this.leastCuts);
		Arrays.stream(Place.values()).forEach((place) -> out.printf("cuts: %7d %s%n", this.counts.of(place), place));
		Arrays.stream(Method.values()).forEach((how) -> out.printf("cuts: %7d %s%n", this.counts.of(how), how));
		out.printf("cuts: a planted loss, double and swap are %s%n", this.plantsFound ? "found" : "NOT FOUND");
		out.printf("cuts: %d complaints of clients and errors of the app%n", this.complaints.size());
		this.complaints.stream().limit(SHOWN).forEach((complaint) -> out.println("cuts: " + complaint));
	}

	private static void print(PrintStream out, Group group, String messages, Comparison of) {
		out.printf("cuts: %-5s %7d  %-10s %9d %9d %6d %6d %12d %8d%n", group.kind(), group.clients(), messages,
				of.sent(), of.received(), of.lost(), of.twice(), of.outOfOrder(), of.unknown());
	}

	/**
	 * The clients of one kind.
	 *
	 * @param kind their name
	 * @param clients their number
	 * @param toServer their requests and notifications
	 * @param responses the responses to their requests
	 * @param pushes the pushes to them
	 * @param awayMillis the times without a connection, in order
	 */
	record Group(String kind, int clients, Comparison toServer, Comparison responses, Comparison pushes,
			long[] awayMillis) {

		static Group of(String kind, List<Ends> ends) {
			return new Group(kind, ends.size(),
					ends.stream().map(Ends::toServer).reduce(Comparison.NONE, Comparison::plus),
					ends.stream().map(Ends::responses).reduce(Comparison.NONE, Comparison::plus),
					ends.stream().map(Ends::pushes).reduce(Comparison.NONE, Comparison::plus),
					ends.stream().flatMapToLong((end) -> Arrays.stream(end.client().awayMillis())).sorted().toArray());
		}

		boolean isGood() {
			return this.toServer.isGood() && this.responses.isGood() && this.pushes.isGood();
		}

		/** Returns a quantile of the times without a connection, in milliseconds. */
		long away(double quantile) {
			int count = this.awayMillis.length;
			return (count > 0) ? this.awayMillis[(int) (quantile * (count - 1))] : 0;
		}

	}

}
