package io.nanogame.benchmarks.soak;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;

import io.nanogame.test.TestAuthority;
import io.netty.pkitesting.X509Bundle;

/**
 * The TLS of an app under test: a new certificate in files of its folder, and clients
 * that trust it. A part of the clients uses TLS; the others use plain text on the same
 * port. Thread-safe.
 */
final class SoakTls {

	private final int percent;

	private final Path certificate;

	private final Path key;

	private final SSLContext context;

	/**
	 * Creates a certificate.
	 * @param percent the percentage of clients with TLS
	 * @param folder receives the certificate and its key
	 */
	SoakTls(int percent, Path folder) {
		if (percent < 0 || percent > 100) {
			throw new IllegalArgumentException("the share of TLS must be from 0 to 100 percent");
		}
		this.percent = percent;
		this.certificate = folder.resolve("tls-certificate.pem");
		this.key = folder.resolve("tls-key.pem");
		try {
			TestAuthority authority = new TestAuthority();
			X509Bundle bundle = authority.server(1);
			Files.writeString(this.certificate, bundle.getCertificatePathPEM());
			Files.writeString(this.key, bundle.getPrivateKeyPEM());
			this.context = authority.clientContext(null);
		}
		catch (Exception ex) {
			throw new IllegalStateException("No certificate could be created", ex);
		}
	}

	/** Returns the options of the app. */
	List<String> options() {
		return List.of("--spring.ssl.bundle.pem.soak.keystore.certificate=file:" + this.certificate.toAbsolutePath(),
				"--spring.ssl.bundle.pem.soak.keystore.private-key=file:" + this.key.toAbsolutePath(),
				"--nano.server.ssl.bundle=soak", "--nano.server.ssl.allow-plain-text=true");
	}

	/** Returns whether a client uses TLS. */
	boolean covers(int client) {
		return Math.floorMod(client, 100) < this.percent;
	}

	/** Connects to a port of this machine, with or without TLS. */
	Socket connect(int port, int client) {
		try {
			return covers(client) ? this.context.getSocketFactory().createSocket("127.0.0.1", port)
					: new Socket("127.0.0.1", port);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	/** Creates the client's end of a TLS connection. */
	SSLEngine engine() {
		SSLEngine engine = this.context.createSSLEngine();
		engine.setUseClientMode(true);
		return engine;
	}

}
