package io.nanogame.cluster.bus.nats;

import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.security.KeyManagementException;
import java.security.SecureRandom;

import javax.net.ssl.KeyManager;
import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLContextSpi;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLServerSocketFactory;
import javax.net.ssl.SSLSessionContext;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;

import io.nats.client.Options;
import org.jspecify.annotations.Nullable;

/**
 * Compares the host name in a NATS server's certificate with that of its address. The
 * NATS client checks only who has issued the certificate, and offers no more than the
 * context its sockets come from.
 */
public final class HostNameCheck {

	/** As HTTPS does: names and addresses in the certificate, wildcards too. */
	private static final String ALGORITHM = "HTTPS";

	private HostNameCheck() {
	}

	/**
	 * Encrypts a connection, and lets it be refused when the certificate is for another
	 * host.
	 * @param options of the connection
	 * @param context what is trusted, and what is shown to the server
	 */
	public static void apply(Options.Builder options, SSLContext context) {
		options.sslContext(new CheckingContext(context));
		// Else the client resolves the name first, and compares the address.
		options.hostnameResolveMode(Options.HostnameResolveMode.HappyEyeballs);
	}

	/** The context, but for the sockets it makes. */
	private static final class CheckingContext extends SSLContext {

		CheckingContext(SSLContext context) {
			super(new CheckingSpi(context), context.getProvider(), context.getProtocol());
		}

	}

	private static final class CheckingSpi extends SSLContextSpi {

		private final SSLContext context;

		CheckingSpi(SSLContext context) {
			this.context = context;
		}

		@Override
		protected void engineInit(KeyManager @Nullable [] keys, TrustManager @Nullable [] trust,
				@Nullable SecureRandom random) throws KeyManagementException {
			this.context.init(keys, trust, random);
		}

		@Override
		protected SSLSocketFactory engineGetSocketFactory() {
			return new CheckingSockets(this.context.getSocketFactory());
		}

		@Override
		protected SSLServerSocketFactory engineGetServerSocketFactory() {
			return this.context.getServerSocketFactory();
		}

		@Override
		protected SSLEngine engineCreateSSLEngine() {
			return this.context.createSSLEngine();
		}

		@Override
		protected SSLEngine engineCreateSSLEngine(String host, int port) {
			return this.context.createSSLEngine(host, port);
		}

		@Override
		protected SSLSessionContext engineGetServerSessionContext() {
			return this.context.getServerSessionContext();
		}

		@Override
		protected SSLSessionContext engineGetClientSessionContext() {
			return this.context.getClientSessionContext();
		}

	}

	private static final class CheckingSockets extends SSLSocketFactory {

		private final SSLSocketFactory sockets;

		CheckingSockets(SSLSocketFactory sockets) {
			this.sockets = sockets;
		}

		private static Socket checking(Socket socket) {
			if (socket instanceof SSLSocket secure) {
				SSLParameters parameters = secure.getSSLParameters();
				parameters.setEndpointIdentificationAlgorithm(ALGORITHM);
				secure.setSSLParameters(parameters);
			}
			return socket;
		}

		@Override
		public String[] getDefaultCipherSuites() {
			return this.sockets.getDefaultCipherSuites();
		}

		@Override
		public String[] getSupportedCipherSuites() {
			return this.sockets.getSupportedCipherSuites();
		}

		@Override
		public Socket createSocket(Socket socket, String host, int port, boolean autoClose) throws IOException {
			return checking(this.sockets.createSocket(socket, host, port, autoClose));
		}

		@Override
		public Socket createSocket(String host, int port) throws IOException {
			return checking(this.sockets.createSocket(host, port));
		}

		@Override
		public Socket createSocket(String host, int port, InetAddress from, int localPort) throws IOException {
			return checking(this.sockets.createSocket(host, port, from, localPort));
		}

		@Override
		public Socket createSocket(InetAddress host, int port) throws IOException {
			return checking(this.sockets.createSocket(host, port));
		}

		@Override
		public Socket createSocket(InetAddress host, int port, InetAddress from, int localPort) throws IOException {
			return checking(this.sockets.createSocket(host, port, from, localPort));
		}

	}

}
