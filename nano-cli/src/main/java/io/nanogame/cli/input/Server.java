package io.nanogame.cli.input;

import java.nio.file.Path;

import javax.net.ssl.SSLException;

import io.nanogame.client.NanoClient;
import io.nanogame.client.NanoClientBuilder;
import io.netty.handler.ssl.SslContextBuilder;
import org.jspecify.annotations.Nullable;

/**
 * The server to talk to.
 *
 * @param url such as {@code tcp://localhost:3250}
 * @param trust certificates to trust with TLS, PEM; {@code null} for those of the JDK
 * @param maxPacketLength the longest packet to take, in bytes; {@code null} for the
 * client's default
 */
public record Server(String url, @Nullable Path trust, @Nullable Integer maxPacketLength) {

	/**
	 * A server as somebody typed it.
	 * @param address {@code host:port}, which is bare TCP, or a URL
	 * @param trust certificates to trust with TLS, PEM; {@code null} for those of the JDK
	 * @return the server
	 */
	public static Server of(String address, @Nullable Path trust) {
		return new Server(address.contains("://") ? address : "tcp://" + address, trust, null);
	}

	/**
	 * The same server, for clients with another limit.
	 * @param most the longest packet to take, in bytes; {@code null} for the client's
	 * default
	 * @return a server
	 */
	public Server withMaxPacketLength(@Nullable Integer most) {
		return new Server(this.url, this.trust, most);
	}

	/**
	 * Clients of this server.
	 * @return a new builder
	 * @throws IllegalArgumentException if the address, the certificates or the limit are
	 * not what they should be, in words for who typed them
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
		return (this.maxPacketLength != null) ? builder.maxPacketLength(this.maxPacketLength) : builder;
	}

	/**
	 * What went wrong, and where it came from.
	 * @param failure what a client told
	 * @return one line
	 */
	public static String explain(Throwable failure) {
		Throwable cause = failure.getCause();
		String words = (failure.getMessage() != null) ? failure.getMessage() : failure.toString();
		return (cause != null && cause.getMessage() != null && !words.contains(cause.getMessage()))
				? words + ": " + cause.getMessage() : words;
	}

}
