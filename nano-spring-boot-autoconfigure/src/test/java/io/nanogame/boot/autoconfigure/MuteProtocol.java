package io.nanogame.boot.autoconfigure;

import java.util.EnumSet;
import java.util.Set;

import io.nanogame.connection.ClientConnection;
import io.nanogame.connection.Protocol;
import io.nanogame.connection.ProtocolConnection;
import io.nanogame.connection.ProtocolTrait;
import io.netty.buffer.ByteBuf;

/**
 * A protocol without anything.
 */
public final class MuteProtocol implements Protocol {

	@Override
	public String name() {
		return "mute";
	}

	@Override
	public Set<ProtocolTrait> traits() {
		return EnumSet.noneOf(ProtocolTrait.class);
	}

	@Override
	public Match detect(ByteBuf first) {
		return Match.NO;
	}

	@Override
	public ProtocolConnection open(ClientConnection connection) {
		throw new UnsupportedOperationException();
	}

}
