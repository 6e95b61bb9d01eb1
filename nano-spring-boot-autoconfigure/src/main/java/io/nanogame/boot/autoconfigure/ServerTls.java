package io.nanogame.boot.autoconfigure;

import javax.net.ssl.SSLException;

import io.nanogame.net.Tls;
import io.netty.handler.ssl.ClientAuth;
import io.netty.handler.ssl.SslContext;
import io.netty.handler.ssl.SslContextBuilder;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.ssl.SslManagerBundle;
import org.springframework.boot.ssl.SslOptions;

/**
 * Creates Netty's TLS settings from an SSL bundle, and reloads them when the bundle
 * changes.
 */
final class ServerTls {

	private static final Logger log = LoggerFactory.getLogger(ServerTls.class);

	/** The key that names the bundle. */
	private final String key;

	private final String bundleName;

	private final ClientAuth clientAuth;

	ServerTls(String key, String bundleName, ClientAuth clientAuth) {
		this.key = key;
		this.bundleName = bundleName;
		this.clientAuth = clientAuth;
	}

	/** Returns TLS with the current certificate, which follows updates of the bundle. */
	Tls reloading(SslBundles bundles, boolean allowPlainText) {
		Tls tls = new Tls(context(NamedSslBundle.of(bundles, this.key, this.bundleName)), allowPlainText);
		bundles.addBundleUpdateHandler(this.bundleName, (changed) -> reload(tls, changed));
		return tls;
	}

	private void reload(Tls tls, SslBundle changed) {
		try {
			tls.change(context(changed));
			log.info("New clients of the game server get the changed certificate of the SSL bundle '{}'",
					this.bundleName);
		}
		catch (RuntimeException ex) {
			log.error(
					"The changed SSL bundle '{}' cannot be used, so the game server keeps the current certificate. "
							+ "Put files in place that can be read and fit together; they are loaded without a restart",
					this.bundleName, ex);
		}
	}

	private SslContext context(SslBundle bundle) {
		SslManagerBundle managers = bundle.getManagers();
		SslOptions options = bundle.getOptions();
		try {
			return SslContextBuilder.forServer(managers.getKeyManagerFactory())
				.trustManager(managers.getTrustManagerFactory())
				.protocols(options.getEnabledProtocols())
				.ciphers(SslOptions.asSet(options.getCiphers()))
				.clientAuth(this.clientAuth)
				.build();
		}
		catch (SSLException ex) {
			throw new IllegalStateException(
					"The SSL bundle '%s' of the game server cannot be used".formatted(this.bundleName), ex);
		}
	}

}
