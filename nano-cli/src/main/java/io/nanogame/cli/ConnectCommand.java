package io.nanogame.cli;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.concurrent.Callable;

import io.nanogame.cli.input.LengthIds;
import io.nanogame.cli.repl.Repl;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Opens an interactive session at the terminal. */
@Command(name = "connect", mixinStandardHelpOptions = true,
		description = "Opens an interactive session with a server: requests, notifications, pushes. Type help in it.",
		exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:the session has ended", "2:bad arguments", "3:no connection" })
final class ConnectCommand implements Callable<Integer> {

	@Mixin
	private final ServerArguments server = new ServerArguments();

	@Option(names = "--actuator", paramLabel = "URL",
			description = "the app's Actuator, to complete routes; such as http://localhost:8080/actuator")
	private @Nullable URI actuator;

	@Option(names = "--wire", description = "show sent and received packets as hex")
	private boolean wire;

	@Override
	public Integer call() throws IOException {
		try (Terminal terminal = TerminalBuilder.builder().dumb(true).build()) {
			Repl repl = new Repl(terminal, Path.of(System.getProperty("user.home"), ".nano_history"));
			if (this.actuator != null) {
				repl.completeRoutesOf(this.actuator);
			}
			LengthIds ids = this.server.lengthIds();
			if (ids != null) {
				repl.useLengthId(ids.routes().keySet());
			}
			return repl.run(this.server.client(), this.server.url(), this.wire) ? ExitCode.OK : ExitCode.UNREACHABLE;
		}
	}

}
