package io.nanogame.cli;

import java.nio.file.Path;

import io.nanogame.cli.input.LengthIds;
import io.nanogame.cli.input.Payload;
import io.nanogame.cli.input.Server;
import io.nanogame.client.NanoClientBuilder;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;
import picocli.CommandLine.Spec.Target;
import tools.jackson.databind.json.JsonMapper;

/** The arguments that name the server and the user. */
final class ServerArguments {

	@Spec(Target.MIXEE)
	@SuppressWarnings("NullAway.Init")
	private CommandSpec command;

	@Parameters(index = "0", paramLabel = "SERVER",
			description = "host:port, or a URL that begins with tcp://, tls://, ws:// or wss://")
	private String server = "";

	@Option(names = "--user", paramLabel = "JSON", description = "user data for the handshake, such as a token")
	private @Nullable String user;

	@Option(names = "--trust", paramLabel = "FILE", description = "certificates to trust with TLS, PEM")
	private @Nullable Path trust;

	@Option(names = "--max-packet-length", paramLabel = "BYTES",
			description = "limit for received packets (default: 1048576, at most 16777215)")
	private @Nullable Integer maxPacketLength;

	@ArgGroup(exclusive = false)
	private @Nullable LengthIdArguments lengthId;

	String url() {
		return Server.of(this.server, this.trust).url();
	}

	/** Returns the ids of the protocol length-id, or null for that of pomelo. */
	@Nullable LengthIds lengthIds() {
		try {
			return (this.lengthId != null) ? this.lengthId.lengthIds() : null;
		}
		catch (IllegalArgumentException ex) {
			throw new ParameterException(this.command.commandLine(), ex.getMessage(), ex);
		}
	}

	NanoClientBuilder client() {
		try {
			NanoClientBuilder builder = Server.of(this.server, this.trust)
				.withMaxPacketLength(this.maxPacketLength)
				.withLengthIds(lengthIds())
				.client();
			byte[] json = Payload.parse(this.user);
			return (json != null) ? builder.user(JsonMapper.shared().readTree(json)) : builder;
		}
		catch (IllegalArgumentException ex) {
			throw new ParameterException(this.command.commandLine(), ex.getMessage(), ex);
		}
	}

}
