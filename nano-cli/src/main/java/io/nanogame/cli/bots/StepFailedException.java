package io.nanogame.cli.bots;

/** Thrown after a failed step was counted; ends the round. */
final class StepFailedException extends RuntimeException {

	StepFailedException(String kind) {
		super(kind, null, false, false);
	}

}
