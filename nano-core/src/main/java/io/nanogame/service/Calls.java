package io.nanogame.service;

import java.time.Duration;
import java.util.concurrent.Executor;

import io.nanogame.trace.Tracing;

/**
 * Common to all calls of a node.
 *
 * @param timeout the time-out of calls without one of their own
 * @param workers complete the results of requests
 * @param tracing creates the spans of calls
 * @param blocking the blocking calls that have not returned
 */
record Calls(Duration timeout, Executor workers, Tracing tracing, BlockingCalls blocking) {

	Calls(Duration timeout, Executor workers, Tracing tracing) {
		this(timeout, workers, tracing, new BlockingCalls());
	}

}
