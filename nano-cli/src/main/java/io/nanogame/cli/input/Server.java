package io.nanogame.cli.input;

import java.nio.file.Path;

import javax.net.ssl.SSLException;

import io.nanogame.client.NanoClient;
import io.nanogame.client.NanoClientBuilder;
import io.nanogame.protocol.LengthIdFormat;
import io.netty.handler.ssl.SslContextBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The server to connect to.
 *
 * @param url such as {@code tcp://localhost:3250}
 * @param trust certificates to trust with TLS, PEM; {@code null} for those of the JDK
 * @param maxPacketLength the limit for received packets, in bytes; {@code null} for the
 * client's default
 * @param lengthIds the ids of the protocol {@code length-id}; {@code null} for that of
 * pomelo
 */
public record Server(String url, @Nullable Path trust, @Nullable Integer maxPacketLength,
		@Nullable LengthIds lengthIds) {

	/**
	 * Creates a server from a typed address.
	 * @param address {@code host:port}, which is plain TCP, or a URL
	 * @param trust certificates to trust with TLS, PEM; {@code null} for those of the JDK
	 * @return the server
	 */
	public static Server of(String address, @Nullable Path trust) {
		return new Server(address.contains("://") ? address : "tcp://" + address, trust, null, null);
	}

	/**
	 * Returns this server with another limit for received packets.
	 * @param max in bytes; {@code null} for the client's default
	 * @return a new server
	 */
	public Server withMaxPacketLength(@Nullable Integer max) {
		return new Server(this.url, this.trust, max, this.lengthIds);
	}

	/**
	 * Returns this server with another protocol.
	 * @param ids the ids of the protocol {@code length-id}; {@code null} for that of
	 * pomelo
	 * @return a new server
	 */
	public Server withLengthIds(@Nullable LengthIds ids) {
		return new Server(this.url, this.trust, this.maxPacketLength, ids);
	}

	/**
	 * Returns a builder for clients of this server.
	 * @return a new builder
	 * @throws IllegalArgumentException if the address, the certificates, the limit or the
	 * ids are invalid; the message is meant for the user
	 */
	public NanoClientBuilder client() {
		NanoClientBuilder builder = NanoClient.builder(this.url);
		if (this.trust != null) {
			try {
				builder.tls(SslContextBuilder.forClient().trustManager(this.trust.toFile()).build());
			}
			catch (IllegalArgumentException | SSLException ex) {
				throw new IllegalArgumentException("No certificates can be read from " + this.trust, ex);
			}
		}
		if (this.lengthIds != null) {
			builder.lengthId(LengthIdFormat.defaults(), this.lengthIds.routes(), this.lengthIds.errorId());
		}
		return (this.maxPacketLength != null) ? builder.maxPacketLength(this.maxPacketLength) : builder;
	}

	/**
	 * Explains a failure with its message and that of its cause.
	 * @param failure the failure
	 * @return one line
	 */
	public static String explain(Throwable failure) {
		Throwable cause = failure.getCause();
		String message = (failure.getMessage() != null) ? failure.getMessage() : failure.toString();
		return (cause != null && cause.getMessage() != null && !message.contains(cause.getMessage()))
				? message + ": " + cause.getMessage() : message;
	}

}
