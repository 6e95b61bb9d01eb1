package io.nanogame.session;

import java.util.LinkedHashSet;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.Stream;

import io.nanogame.protocol.ClientText;
import io.nanogame.serialize.Payloads;
import org.jspecify.annotations.Nullable;

/**
 * The payloads that sessions may have: the server's, those that handshake validators can
 * choose by name, and those of protocols. Thread-safe.
 */
public final class SessionPayloads {

	private final Payloads own;

	private final List<Payloads> choices = new CopyOnWriteArrayList<>();

	private final List<Payloads> ofProtocols = new CopyOnWriteArrayList<>();

	SessionPayloads(Payloads own) {
		this.own = own;
		this.choices.add(own);
	}

	/**
	 * Returns the server's payloads.
	 * @return the payloads of sessions that have no others
	 */
	public Payloads own() {
		return this.own;
	}

	/**
	 * Adds payloads that handshake validators can choose by the name of their serializer.
	 * Must be called before the server is built, which prepares handlers for them.
	 * @param payloads payloads whose serializer has a name of its own
	 * @throws IllegalArgumentException when the server's serializer, or one that was
	 * added before, has that name
	 */
	public void addChoice(Payloads payloads) {
		String name = name(payloads);
		if (names().contains(name)) {
			throw new IllegalArgumentException("There are two serializers with the name '%s'".formatted(name));
		}
		this.choices.add(payloads);
	}

	/**
	 * Adds the payloads of a protocol, which its sessions always have. Must be called
	 * before the server is built, which prepares handlers for them.
	 * @param payloads payloads such as those of a protocol whose messages are JSON text;
	 * null, of a protocol that has none, has no effect
	 */
	public void addOfProtocol(@Nullable Payloads payloads) {
		if (payloads != null) {
			this.ofProtocols.add(payloads);
		}
	}

	/**
	 * Returns all payloads except the server's.
	 * @return the payloads, each of which handlers must be prepared for
	 */
	public List<Payloads> others() {
		return Stream.concat(this.choices.stream().skip(1), this.ofProtocols.stream()).toList();
	}

	/**
	 * Returns the names of the serializers that handshake validators can choose.
	 * @return the names, the server's first
	 */
	public List<String> names() {
		return this.choices.stream().map(SessionPayloads::name).toList();
	}

	/**
	 * Returns the forms of all payloads whose bytes other servers can read and write.
	 * @return the names, the server's first
	 */
	public Set<String> forms() {
		return all().map(Payloads::form).filter(Objects::nonNull).collect(Collectors.toCollection(LinkedHashSet::new));
	}

	/**
	 * Returns the payloads of a form.
	 * @param form a name such as {@link Payloads#form()}
	 * @return the payloads; null if this server has none
	 */
	public @Nullable Payloads ofForm(String form) {
		return all().filter((payloads) -> form.equals(payloads.form())).findFirst().orElse(null);
	}

	private Stream<Payloads> all() {
		return Stream.concat(this.choices.stream(), this.ofProtocols.stream());
	}

	/** Returns the payloads of a new session, if handlers are prepared for them. */
	Payloads prepared(Payloads payloads) {
		if (!this.choices.contains(payloads) && !this.ofProtocols.contains(payloads)) {
			throw new IllegalArgumentException("Handlers are not prepared for these payloads");
		}
		return payloads;
	}

	/**
	 * Returns the payloads of a name, for a session that has others.
	 * @throws IllegalArgumentException when the session cannot have a serializer of that
	 * name
	 */
	Payloads choose(String name, Payloads current) {
		if (name.equals(name(current))) {
			return current;
		}
		if (this.ofProtocols.contains(current)) {
			throw new IllegalArgumentException("The serializer cannot be '%s': the protocol of the client requires '%s'"
				.formatted(ClientText.printable(name), name(current)));
		}
		return this.choices.stream()
			.filter((payloads) -> name.equals(name(payloads)))
			.findFirst()
			.orElseThrow(() -> new IllegalArgumentException(
					"There is no serializer '%s', only %s".formatted(ClientText.printable(name), names())));
	}

	private static String name(Payloads payloads) {
		return payloads.serializer().name();
	}

}
