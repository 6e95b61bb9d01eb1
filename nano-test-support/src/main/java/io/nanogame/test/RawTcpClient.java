package io.nanogame.test;

/**
 * A client that sends packets without frames.
 */
final class RawTcpClient extends RawClient {

	RawTcpClient(RawLink link) {
		super(link);
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
