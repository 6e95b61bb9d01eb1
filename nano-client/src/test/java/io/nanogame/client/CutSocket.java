package io.nanogame.client;

import java.io.FilterInputStream;
import java.io.FilterOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.Socket;
import java.net.SocketException;

/** An accepted socket that breaks after some bytes in either direction. */
final class CutSocket extends Socket {

	private final Socket socket;

	private long in;

	private long out;

	/**
	 * Wraps a socket.
	 * @param in how many bytes are read before the cut
	 * @param out how many bytes are written before the cut
	 */
	CutSocket(Socket socket, long in, long out) {
		this.socket = socket;
		this.in = in;
		this.out = out;
	}

	@Override
	public void setSoTimeout(int timeout) throws SocketException {
		this.socket.setSoTimeout(timeout);
	}

	@Override
	public InputStream getInputStream() throws IOException {
		return new FilterInputStream(this.socket.getInputStream()) {

			@Override
			public int read() throws IOException {
				byte[] one = new byte[1];
				return (read(one, 0, 1) < 0) ? -1 : one[0] & 0xFF;
			}

			@Override
			public int read(byte[] bytes, int offset, int length) throws IOException {
				if (CutSocket.this.in == 0) {
					throw cut();
				}
				int count = super.read(bytes, offset, (int) Math.min(length, CutSocket.this.in));
				CutSocket.this.in -= Math.max(0, count);
				return count;
			}

		};
	}

	@Override
	public OutputStream getOutputStream() throws IOException {
		return new FilterOutputStream(this.socket.getOutputStream()) {

			@Override
			public void write(byte[] bytes, int offset, int length) throws IOException {
				int count = (int) Math.min(length, CutSocket.this.out);
				this.out.write(bytes, offset, count);
				CutSocket.this.out -= count;
				if (count < length) {
					throw cut();
				}
			}

		};
	}

	private IOException cut() throws IOException {
		close();
		return new IOException("cut");
	}

	@Override
	public void close() throws IOException {
		this.socket.close();
	}

}
