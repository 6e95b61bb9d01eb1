package io.nanogame.game;

import io.nanogame.session.Handshake;
import io.nanogame.session.HandshakeRefusedException;
import io.nanogame.session.HandshakeValidator;

import org.springframework.stereotype.Component;

/** Rejects players named Mallory. */
@Component
class Gate implements HandshakeValidator {

	@Override
	public void validate(Handshake handshake) {
		if (handshake.request().user().path("name").asString("").equals("Mallory")) {
			throw new HandshakeRefusedException("not you");
		}
	}

}
