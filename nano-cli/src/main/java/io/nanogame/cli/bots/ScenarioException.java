package io.nanogame.cli.bots;

import org.jspecify.annotations.Nullable;

/** Thrown when a scenario is invalid. The message is meant for its author. */
public final class ScenarioException extends RuntimeException {

	ScenarioException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
