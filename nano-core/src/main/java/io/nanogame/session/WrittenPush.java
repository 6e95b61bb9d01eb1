package io.nanogame.session;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

import io.nanogame.protocol.ClientText;
import io.nanogame.serialize.Payloads;
import io.nanogame.serialize.SerializationException;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A push to many sessions, serialised once for each of their serializers. The thread that
 * sends it serialises it, because the value may change later. Not thread-safe.
 */
public final class WrittenPush {

	private static final Logger log = LoggerFactory.getLogger(WrittenPush.class);

	private final OutboundMessage message;

	/** Null until a session has other payloads. Empty if they cannot write the value. */
	private @Nullable Map<Payloads, Optional<OutboundMessage>> others;

	/**
	 * Serialises a push.
	 * @param message the push
	 * @throws SerializationException when its value cannot be written
	 */
	public WrittenPush(OutboundMessage message) {
		message.body();
		this.message = message;
	}

	/**
	 * Returns the push for sessions with certain payloads.
	 * @param payloads the payloads of the sessions
	 * @return the serialised push; null if these payloads cannot write its value, which
	 * is logged once
	 */
	public @Nullable OutboundMessage with(Payloads payloads) {
		if (this.message.isWrittenWith(payloads)) {
			return this.message;
		}
		if (this.others == null) {
			this.others = new HashMap<>(4);
		}
		return this.others.computeIfAbsent(payloads, this::write).orElse(null);
	}

	/**
	 * Sends the push to a session. If its payloads cannot write the value, or its
	 * protocol cannot send it, that is logged, so that other sessions receive the push.
	 * @param session the receiver
	 */
	public void send(Session session) {
		OutboundMessage written = with(session.payloads());
		if (written == null) {
			return;
		}
		try {
			SessionHandle.of(session).connection().send(written);
		}
		catch (SerializationException ex) {
			log.error("A push to {} was not sent to {}: {}", ClientText.printable(written.route()), session,
					ex.getMessage());
		}
	}

	private Optional<OutboundMessage> write(Payloads payloads) {
		try {
			OutboundMessage other = this.message.writtenWith(payloads);
			other.body();
			return Optional.of(other);
		}
		catch (SerializationException ex) {
			log.error("A push to {} cannot be written for sessions whose serializer is {}; they do not receive it",
					ClientText.printable(this.message.route()), payloads.serializer().name(), ex);
			return Optional.empty();
		}
	}

}
