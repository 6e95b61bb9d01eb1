package io.nanogame.cli;

/** The exit codes of the commands. */
final class ExitCode {

	static final int OK = 0;

	/** The server replied with an error, or a threshold was missed. */
	static final int FAILED = 1;

	/** Bad arguments, as in picocli. */
	static final int USAGE = 2;

	/** There is no connection, or no response in time. */
	static final int UNREACHABLE = 3;

	/** An unexpected failure: a bug. */
	static final int BROKEN = 70;

	private ExitCode() {
	}

}
