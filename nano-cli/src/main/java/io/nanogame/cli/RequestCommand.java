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

/** Sends one request; for scripts. */
@Command(name = "request", mixinStandardHelpOptions = true,
		description = "Sends one request and prints the body of the response.", exitCodeListHeading = "%nExit codes:%n",
		exitCodeList = { "0:the server replied", "1:the server replied with an error", "2:bad arguments",
				"3:no connection, or no response in time" })
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
			description = "each of the connection, the handshake and the response; such as 500ms or 10s, which is the default")
	private Duration timeout = Duration.ofSeconds(10);

	@Override
	public Integer call() {
		try {
			return send(client().noReconnect(), Payload.parse(this.payload));
		}
		catch (IllegalArgumentException | ProtocolException ex) {
			throw new ParameterException(this.command.commandLine(), ex.getMessage(), ex);
		}
	}

	private NanoClientBuilder client() {
		return this.server.client().connectTimeout(this.timeout).requestTimeout(this.timeout);
	}

	private int send(NanoClientBuilder builder, byte @Nullable [] body) {
		try (NanoClient client = builder.build()) {
			client.connect().block();
			byte[] response = client.call(this.route, body, byte[].class);
			PrintStream out = System.out;
			out.writeBytes((response != null) ? response : new byte[0]);
			out.println();
			out.flush();
			return ExitCode.OK;
		}
		catch (ErrorResponseException ex) {
			return printError(ex, ExitCode.FAILED);
		}
		catch (NanoClientException ex) {
			return printError(ex, ExitCode.UNREACHABLE);
		}
	}

	private int printError(NanoClientException ex, int exitCode) {
		this.command.commandLine().getErr().println("nano: " + Server.explain(ex));
		return exitCode;
	}

}
