package io.nanogame.cli;

import java.io.PrintStream;
import java.time.Duration;
import java.util.concurrent.Callable;

import io.nanogame.cli.input.Payload;
import io.nanogame.cli.input.Server;
import io.nanogame.client.ErrorResponseException;
import io.nanogame.client.NanoClient;
import io.nanogame.client.NanoClientBuilder;
import io.nanogame.client.NanoClientException;
import io.nanogame.protocol.ProtocolException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** One request, for scripts. */
@Command(name = "request", mixinStandardHelpOptions = true,
		description = "Asks a server once and prints the answer as it came.", exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:the server answered", "1:the server answered with an error", "2:bad arguments",
				"3:no connection, or no answer in time" })
final class RequestCommand implements Callable<Integer> {

	@Spec
	@SuppressWarnings("NullAway.Init")
	private CommandSpec command;

	@Mixin
	private final ServerArguments server = new ServerArguments();

	@Parameters(index = "1", paramLabel = "ROUTE", description = "such as room.join")
	private String route = "";

	@Parameters(index = "2", arity = "0..1", paramLabel = "JSON", description = "the payload; bytes as 0x0a05")
	private @Nullable String payload;

	@Option(names = "--timeout", paramLabel = "TIME", defaultValue = "10s",
			description = "for the connection, for the handshake and for the answer, each; such as 500ms or 10s, which is the default")
	private Duration timeout = Duration.ofSeconds(10);

	@Override
	public Integer call() {
		try {
			return ask(client().noReconnect(), Payload.parse(this.payload));
		}
		catch (IllegalArgumentException | ProtocolException ex) {
			throw new ParameterException(this.command.commandLine(), ex.getMessage(), ex);
		}
	}

	private NanoClientBuilder client() {
		return this.server.client().connectTimeout(this.timeout).requestTimeout(this.timeout);
	}

	private int ask(NanoClientBuilder builder, byte @Nullable [] body) {
		try (NanoClient client = builder.build()) {
			client.connect().block();
			byte[] answer = client.call(this.route, body, byte[].class);
			PrintStream out = System.out;
			out.writeBytes((answer != null) ? answer : new byte[0]);
			out.println();
			out.flush();
			return ExitCode.OK;
		}
		catch (ErrorResponseException ex) {
			return complain(ex, ExitCode.FAILED);
		}
		catch (NanoClientException ex) {
			return complain(ex, ExitCode.UNREACHABLE);
		}
	}

	private int complain(NanoClientException ex, int exitCode) {
		this.command.commandLine().getErr().println("nano: " + Server.explain(ex));
		return exitCode;
	}

}
