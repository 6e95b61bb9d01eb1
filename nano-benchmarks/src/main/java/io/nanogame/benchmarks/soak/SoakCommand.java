package io.nanogame.benchmarks.soak;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;

/**
 * The command line of the soak test:
 * {@code MINUTES [--rate REQUESTS] [--tls PERCENT] [--out FOLDER]}. Exits with 1 if the
 * soak has failed.
 */
public final class SoakCommand {

	private static final String USAGE = "usage: soak MINUTES [--rate REQUESTS_A_SECOND] [--tls PERCENT_OF_CLIENTS]"
			+ " [--out FOLDER]";

	private static final Duration GRACE_PERIOD = Duration.ofSeconds(10);

	private double minutes;

	private int rate = 800;

	private int tlsPercent = 25;

	private Path folder = Path.of("nano-benchmarks", "target", "soak");

	private SoakCommand(String[] arguments) {
		if (arguments.length % 2 == 0) {
			throw new IllegalArgumentException("the number of minutes is missing");
		}
		this.minutes = Double.parseDouble(arguments[0]);
		for (int i = 1; i < arguments.length; i += 2) {
			switch (arguments[i]) {
				case "--rate" -> this.rate = Integer.parseInt(arguments[i + 1]);
				case "--tls" -> this.tlsPercent = Integer.parseInt(arguments[i + 1]);
				case "--out" -> this.folder = Path.of(arguments[i + 1]);
				default -> throw new IllegalArgumentException("unknown option: " + arguments[i]);
			}
		}
		if (this.minutes <= 0 || this.rate <= 0) {
			throw new IllegalArgumentException("minutes and rate must be above zero");
		}
	}

	public static void main(String[] arguments) throws IOException, InterruptedException {
		SoakCommand command;
		try {
			command = new SoakCommand(arguments);
		}
		catch (IllegalArgumentException ex) {
			System.err.println("soak: " + ex.getMessage());
			System.err.println(USAGE);
			System.exit(2);
			return;
		}
		System.exit(command.run() ? 0 : 1);
	}

	private boolean run() throws IOException, InterruptedException {
		Verdict verdict = new Soak(Duration.ofMillis((long) (this.minutes * 60_000)), this.rate, this.tlsPercent,
				GRACE_PERIOD, this.folder)
			.run();
		for (Trend trend : verdict.trends()) {
			System.out.printf(Locale.ROOT, "soak: %-18s %8.1f before, %8.1f at the end, at most %8.1f%n", trend.name(),
					trend.before(), trend.after(), trend.max());
		}
		if (this.minutes < Soak.SHORTEST_TO_JUDGE_GROWTH.toMinutes()) {
			System.out.printf("soak: growth is judged from %d minutes on%n", Soak.SHORTEST_TO_JUDGE_GROWTH.toMinutes());
		}
		verdict.failures().forEach((failure) -> System.out.println("soak: " + failure));
		System.out.println("soak: " + (verdict.isGood() ? "PASSED" : "FAILED") + ", see " + this.folder);
		return verdict.isGood();
	}

}
