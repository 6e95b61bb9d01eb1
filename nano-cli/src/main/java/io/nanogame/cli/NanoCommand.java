package io.nanogame.cli;

import java.io.PrintWriter;
import java.time.Duration;

import io.nanogame.cli.input.Server;
import io.nanogame.cli.input.TimeSpan;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.ParseResult;
import picocli.CommandLine.TypeConversionException;

/**
 * The command {@code nano}, with its subcommands.
 */
@Command(name = "nano", mixinStandardHelpOptions = true, versionProvider = NanoCommand.Version.class,
		description = "Talks to game servers of the pomelo family: this one, nano, pitaya, pomelo.",
		subcommands = { ConnectCommand.class, RequestCommand.class, BotsCommand.class })
public final class NanoCommand {

	private NanoCommand() {
	}

	/**
	 * Runs a command and ends the process with its exit code.
	 * @param arguments the arguments from the shell
	 */
	public static void main(String[] arguments) {
		// In JDK 22 to 24, System.console() is otherwise non-null without a terminal,
		// too.
		System.setProperty("jdk.console", "java.base");
		System.exit(commandLine().execute(arguments));
	}

	static CommandLine commandLine() {
		return new CommandLine(new NanoCommand()).registerConverter(Duration.class, time())
			.setExecutionExceptionHandler(NanoCommand::failed);
	}

	private static ITypeConverter<Duration> time() {
		return (text) -> {
			try {
				return TimeSpan.parse(text);
			}
			catch (IllegalArgumentException ex) {
				throw new TypeConversionException(ex.getMessage());
			}
		};
	}

	/** The version in the jar's manifest; classes outside of a jar have none. */
	static final class Version implements IVersionProvider {

		@Override
		public String[] getVersion() {
			String version = NanoCommand.class.getPackage().getImplementationVersion();
			return new String[] { "nano " + ((version != null) ? version : "(not from its jar)") };
		}

	}

	private static int failed(Exception ex, CommandLine command, ParseResult arguments) {
		PrintWriter err = command.getErr();
		err.println("nano: " + Server.explain(ex));
		ex.printStackTrace(err);
		return ExitCode.BROKEN;
	}

}
