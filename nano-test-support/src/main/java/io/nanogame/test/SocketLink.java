package io.nanogame.test;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.net.Socket;
import java.time.Duration;

/** A connected socket. */
final class SocketLink implements RawLink {

	private final Socket socket;

	/** Owns the socket from now on. */
	SocketLink(Socket connected) {
		this.socket = connected;
		try {
			connected.setTcpNoDelay(true);
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

	@Override
	public InputStream in() throws IOException {
		return this.socket.getInputStream();
	}

	@Override
	public OutputStream out() throws IOException {
		return this.socket.getOutputStream();
	}

	@Override
	public void timeout(Duration timeout) throws IOException {
		this.socket.setSoTimeout((int) timeout.toMillis());
	}

	@Override
	public void finish() throws IOException {
		this.socket.shutdownOutput();
	}

	@Override
	public void reset() throws IOException {
		this.socket.setSoLinger(true, 0);
		this.socket.close();
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
