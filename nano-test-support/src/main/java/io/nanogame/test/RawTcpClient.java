package io.nanogame.test;

import java.net.Socket;

/**
 * A client that sends packets on a plain socket.
 */
final class RawTcpClient extends RawClient {

	RawTcpClient(Socket connected) {
		super(connected);
	}

	@Override
	public RawClient send(byte[] packets) {
		return sendBytes(packets);
	}

	@Override
	public RawPacket read() {
		return readPacket(this.in);
	}

}
