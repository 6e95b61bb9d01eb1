package io.nanogame.boot.autoconfigure;

import javax.net.ssl.SSLException;

import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.ssl.SslOptions;

/**
 * Boot's way to name certificates, in Netty's words.
 */
final class ServerTls {

	private ServerTls() {
	}

	static SslContext context(SslBundle bundle, ClientAuth clientAuth) {
		SslManagerBundle managers = bundle.getManagers();
		SslOptions options = bundle.getOptions();
		try {
			return SslContextBuilder.forServer(managers.getKeyManagerFactory())
				.trustManager(managers.getTrustManagerFactory())
				.protocols(options.getEnabledProtocols())
				.ciphers(SslOptions.asSet(options.getCiphers()))
				.clientAuth(clientAuth)
				.build();
		}
		catch (SSLException ex) {
			throw new IllegalStateException("The SSL bundle of the game server cannot be used", ex);
		}
	}

}
