package io.nanogame.cluster.peer;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

import io.nanogame.cluster.bus.LimitedLog;
import io.nanogame.cluster.frame.OtherForms;
import io.nanogame.cluster.frame.WrittenForm;
import io.nanogame.serialize.Payloads;
import io.nanogame.serialize.SerializationException;
import io.nanogame.session.OutboundMessage;
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

	/** The form of JSON in protocols whose messages are JSON text, and its serializer. */
	private static final String JSON_TEXT = "json-text";

	private static final String JSON = "json";

	private final LimitedLog limitedLog = new LimitedLog(log);

	private final SessionPayloads all;

	private final UsedForms used;

	/**
	 * Creates the forms of a node.
	 * @param all the payloads that sessions of this node may have
	 * @param used the forms in use
	 */
	public PayloadForms(SessionPayloads all, UsedForms used) {
		this.all = all;
		this.used = used;
	}

	/**
	 * Returns the forms in use.
	 * @return always the same object
	 */
	public UsedForms used() {
		return this.used;
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
		return Objects.requireNonNullElse(form.isEmpty() ? null : writing(form), this.all.own());
	}

	/**
	 * Sessions with JSON text read JSON, which a node without their protocol can write.
	 */
	private @Nullable Payloads writing(String form) {
		Payloads same = this.all.ofForm(form);
		return (same == null && form.equals(JSON_TEXT)) ? this.all.ofForm(JSON) : same;
	}

	/**
	 * Writes a push in other forms than that of the server's payloads.
	 * @param push the push, which the server's payloads have written
	 * @param forms the forms of its receivers
	 * @return the payload in those forms in which this node can write it
	 */
	public List<WrittenForm> write(OutboundMessage push, Set<String> forms) {
		Set<Payloads> payloads = new LinkedHashSet<>();
		for (String form : forms) {
			Payloads writing = writing(form);
			if (writing != null && (form.equals(writing.form()) || isText(push.value(), writing))) {
				payloads.add(writing);
			}
		}
		List<WrittenForm> all = new ArrayList<>();
		payloads.stream().filter((each) -> !isWritten(push.value(), each)).forEach((each) -> write(push, each, all));
		return all;
	}

	/** Returns whether JSON of a value is the same in protocols of JSON text. */
	private static boolean isText(Object value, Payloads json) {
		return json.writesText(value) || value instanceof byte[];
	}

	/** Returns whether the server's payloads write the same as others. */
	private boolean isWritten(Object value, Payloads other) {
		Payloads server = this.all.own();
		return other == server
				|| (isText(value, server) && other.serializer().name().equals(server.serializer().name()));
	}

	private void write(OutboundMessage push, Payloads payloads, List<WrittenForm> all) {
		try {
			all.add(new WrittenForm(Objects.requireNonNull(payloads.form()),
					OutboundMessage.push(push.route(), push.value(), payloads).body()));
		}
		catch (SerializationException ex) {
			this.limitedLog.warn("A push to {} cannot be written for sessions whose serializer is {}: {}", push.route(),
					payloads.serializer().name(), ex.getMessage());
		}
	}

	/**
	 * Delivers a push of another node: to each session the payload that it can read. If
	 * there is none, that is logged.
	 * @param route the route of the push
	 * @param body the payload, as the server's payloads have written it
	 * @param others the payload in other forms
	 * @param deliver receives the push in each form, and selects its receivers by their
	 * payloads
	 */
	public void deliver(String route, byte[] body, OtherForms others,
			BiConsumer<OutboundMessage, Predicate<Payloads>> deliver) {
		if (others.hasServers()) {
			deliver.accept(OutboundMessage.push(route, body, this.all.own()), (receiver) -> {
				String form = others.isEmpty() ? "" : select(receiver, others);
				return form.isEmpty() && mayPush(receiver, form, route);
			});
		}
		for (WrittenForm other : others.written()) {
			deliver.accept(OutboundMessage.push(route, other.body(), passing(other.form())),
					(receiver) -> select(receiver, others).equals(other.form()));
		}
	}

	/** Returns the best form for a receiver; empty if it is in none of the others. */
	private String select(Payloads receiver, OtherForms others) {
		if (others.contains(receiver.form())) {
			return Objects.requireNonNull(receiver.form());
		}
		String serializer = receiver.serializer().name();
		boolean isRelated = receiver.form() != null && !isReadable(receiver, "") && others.contains(serializer);
		return isRelated ? serializer : "";
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
