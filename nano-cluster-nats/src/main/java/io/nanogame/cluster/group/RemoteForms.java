package io.nanogame.cluster.group;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;

import io.nanogame.cluster.backend.Backend;
import io.nanogame.group.LocalGroup;

/**
 * The forms in which the members of a group on other nodes read pushes. Thread-safe.
 */
final class RemoteForms {

	/**
	 * After this time the members on other nodes are known, also if messages were lost.
	 */
	private static final Duration KNOWN = Duration.ofSeconds(30);

	private final GroupHost host;

	private final LocalGroup view;

	private final long openedNanos;

	RemoteForms(GroupHost host, LocalGroup view) {
		this.host = host;
		this.view = view;
		this.openedNanos = host.nanoTime();
	}

	/**
	 * Returns the names of the forms: of all other nodes while members may be unknown.
	 */
	Set<String> names() {
		Set<String> forms = new HashSet<>(this.view.memberships().forms());
		this.view.selectPayloads(Backend::carriesRemoteSessions)
			.forEach((payloads) -> forms.add(this.host.forms().name(payloads)));
		if (this.host.nanoTime() - this.openedNanos < KNOWN.toNanos()) {
			forms.addAll(this.host.forms().used().ofOthers());
		}
		return forms;
	}

}
