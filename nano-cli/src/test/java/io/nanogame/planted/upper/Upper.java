package io.nanogame.planted.upper;

import io.nanogame.planted.lower.Lower;
import io.nanogame.session.Session;
import picocli.CommandLine;

/** Breaks every rule of the architecture, so that the rules can be seen to fail. */
public class Upper {

	Lower lower;

	Session session;

	CommandLine commandLine;

}
