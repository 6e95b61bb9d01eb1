package io.nanogame.cli.bots;

/** A step failed and was counted; the round is over. */
final class StepFailedException extends RuntimeException {

	StepFailedException(String kind) {
		super(kind, null, false, false);
	}

}
