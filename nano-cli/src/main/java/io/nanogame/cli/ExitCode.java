package io.nanogame.cli;

/** What a command tells the shell. */
final class ExitCode {

	static final int OK = 0;

	/** The server answered with an error, or a threshold was missed. */
	static final int FAILED = 1;

	/** picocli's own for bad arguments. */
	static final int USAGE = 2;

	/** No connection, or no answer in time. */
	static final int UNREACHABLE = 3;

	/** A bug of ours. */
	static final int BROKEN = 70;

	private ExitCode() {
	}

}
