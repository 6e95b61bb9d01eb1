package io.nanogame.test;

/**
 * Packets on a bare socket.
 */
final class RawTcpClient extends RawClient {

	RawTcpClient(int port, int receiveBuffer) {
		super(port, receiveBuffer);
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
