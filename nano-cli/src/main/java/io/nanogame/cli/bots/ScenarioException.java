package io.nanogame.cli.bots;

import org.jspecify.annotations.Nullable;

/** A scenario is not what it should be; the message is for who wrote it. */
public final class ScenarioException extends RuntimeException {

	ScenarioException(String message, @Nullable Throwable cause) {
		super(message, cause);
	}

}
