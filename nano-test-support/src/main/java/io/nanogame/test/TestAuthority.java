package io.nanogame.test;

import java.math.BigInteger;
import java.time.Duration;
import java.time.Instant;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

import io.netty.pkitesting.CertificateBuilder;
import io.netty.pkitesting.X509Bundle;
import org.jspecify.annotations.Nullable;

/**
 * A certificate authority for tests. Its keys are generated for each instance and only
 * kept in memory.
 */
public final class TestAuthority {

	private final X509Bundle root;

	public TestAuthority() throws Exception {
		this.root = new CertificateBuilder().subject("CN=authority").setIsCertificateAuthority(true).buildSelfSigned();
	}

	/**
	 * Returns the certificate of this authority.
	 * @return the certificate to trust
	 */
	public X509Bundle root() {
		return this.root;
	}

	/**
	 * Issues a server's certificate.
	 * @param serial the serial number, which distinguishes certificates
	 * @return a certificate for 127.0.0.1
	 */
	public X509Bundle server(long serial) throws Exception {
		return new CertificateBuilder().subject("CN=server")
			.addSanIpAddress("127.0.0.1")
			.serial(BigInteger.valueOf(serial))
			.buildIssuedBy(this.root);
	}

	/**
	 * Issues a server's certificate for a host name instead of an address.
	 * @param host such as {@code localhost}
	 * @return a certificate
	 */
	public X509Bundle serverAt(String host) throws Exception {
		return new CertificateBuilder().subject("CN=server").addSanDnsName(host).buildIssuedBy(this.root);
	}

	/**
	 * Issues a certificate that expired yesterday.
	 * @return a certificate for 127.0.0.1
	 */
	public X509Bundle expired() throws Exception {
		Instant now = Instant.now();
		return new CertificateBuilder().subject("CN=expired")
			.addSanIpAddress("127.0.0.1")
			.notBefore(now.minus(Duration.ofDays(30)))
			.notAfter(now.minus(Duration.ofDays(1)))
			.buildIssuedBy(this.root);
	}

	/**
	 * Issues a client's certificate.
	 * @param name the common name of its subject
	 * @return a certificate
	 */
	public X509Bundle client(String name) throws Exception {
		return new CertificateBuilder().subject("CN=" + name).buildIssuedBy(this.root);
	}

	/**
	 * Creates a context for clients that trust this authority.
	 * @param certificate the client's certificate, or null
	 * @return a context
	 */
	public SSLContext clientContext(@Nullable X509Bundle certificate) throws Exception {
		KeyManager[] keys = (certificate != null) ? certificate.toKeyManagerFactory().getKeyManagers() : null;
		SSLContext context = SSLContext.getInstance("TLS");
		context.init(keys, new TrustManager[] { this.root.toTrustManager() }, null);
		return context;
	}

	/**
	 * Connects without verification of the host name.
	 * @param port on 127.0.0.1
	 * @return a socket before its handshake
	 */
	public SSLSocket connect(int port) throws Exception {
		return connect(port, null);
	}

	/**
	 * Connects with a certificate.
	 * @param port on 127.0.0.1
	 * @param certificate the client's certificate, or null
	 * @return a socket before its handshake
	 */
	public SSLSocket connect(int port, @Nullable X509Bundle certificate) throws Exception {
		return (SSLSocket) clientContext(certificate).getSocketFactory().createSocket("127.0.0.1", port);
	}

}
