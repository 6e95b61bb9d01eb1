package io.nanogame.boot.autoconfigure.diagnostics;

import io.nanogame.spring.room.InvalidRoomException;

import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/**
 * Analyzes a class that cannot be a room.
 */
final class InvalidRoomFailureAnalyzer extends AbstractFailureAnalyzer<InvalidRoomException> {

	@Override
	protected FailureAnalysis analyze(Throwable rootFailure, InvalidRoomException cause) {
		return new FailureAnalysis(cause.getMessage() + ".",
				"Change the class %s, or its @GameRoom.".formatted(cause.type().getSimpleName()), cause);
	}

}
