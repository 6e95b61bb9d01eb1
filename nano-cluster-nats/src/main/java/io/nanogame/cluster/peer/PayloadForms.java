package io.nanogame.cluster.peer;

import java.util.Objects;

import io.nanogame.cluster.bus.LimitedLog;
import io.nanogame.serialize.Payloads;
import io.nanogame.session.SessionPayloads;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The forms of payloads between nodes. A payload is sent in the form of its session, with
 * the name of the form; the empty name is that of the server's payloads, which all nodes
 * have in common. JSON is also a form of sessions whose protocol is JSON text.
 * Thread-safe.
 */
public final class PayloadForms {

	private static final Logger log = LoggerFactory.getLogger(PayloadForms.class);

	private final LimitedLog limitedLog = new LimitedLog(log);

	private final SessionPayloads all;

	/**
	 * Creates the forms of a node.
	 * @param all the payloads that sessions of this node may have
	 */
	public PayloadForms(SessionPayloads all) {
		this.all = all;
	}

	/**
	 * Returns the payloads of a form.
	 * @param form the name of a form that another node has sent
	 * @return the payloads; null if this node has none
	 */
	public @Nullable Payloads find(String form) {
		return form.isEmpty() ? this.all.own() : this.all.ofForm(form);
	}

	/**
	 * Returns the name of the form that payloads write.
	 * @param payloads payloads of this node
	 * @return empty for the server's payloads, and for those that only this node can
	 * write
	 */
	public String name(Payloads payloads) {
		return (payloads != this.all.own()) ? Objects.requireNonNullElse(payloads.form(), "") : "";
	}

	/**
	 * Returns the payloads for a message that another node has written.
	 * @param form the form in which it is written
	 * @return payloads that pass bytes on unchanged
	 */
	public Payloads passing(String form) {
		return Objects.requireNonNullElse(find(form), this.all.own());
	}

	/**
	 * Checks a session that another node pushes to.
	 * @param receiver the payloads of the session
	 * @param form the form in which the push is written
	 * @param route the route of the push
	 * @return whether the session can read the push; if not, that is logged
	 */
	public boolean mayPush(Payloads receiver, String form, String route) {
		boolean isReadable = isReadable(receiver, form);
		if (!isReadable) {
			this.limitedLog.error(
					"A push to {} from another node was dropped: "
							+ "the serializer of its session is {}, and the push was written by {}",
					null, route, receiver.serializer().name(),
					form.isEmpty() ? this.all.own().serializer().name() : form);
		}
		return isReadable;
	}

	private boolean isReadable(Payloads receiver, String form) {
		String written = form.isEmpty() ? this.all.own().serializer().name() : form;
		return written.equals(receiver.form()) || written.equals(receiver.serializer().name());
	}

}
