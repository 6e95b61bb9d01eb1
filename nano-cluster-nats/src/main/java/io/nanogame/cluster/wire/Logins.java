package io.nanogame.cluster.wire;

import java.security.Principal;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Translates principals of the app's security into what travels between nodes, and back.
 * What else a principal knows stays on the node where it was made. Any thread.
 */
public interface Logins {

	/** Of a principal only the name travels. */
	Logins NAMES = new Logins() {

		@Override
		public @Nullable Login write(@Nullable Principal principal) {
			return (principal != null) ? new Login(principal.getName(), Login.Trust.NAME_ONLY, Set.of()) : null;
		}

		@Override
		public Principal read(Login login) {
			return new NamedPrincipal(login.name());
		}

	};

	/**
	 * For other nodes.
	 * @param principal who is logged in, or null
	 * @return what they are told; null when that is nobody
	 */
	@Nullable Login write(@Nullable Principal principal);

	/**
	 * Of another node.
	 * @param login what it says
	 * @return a principal as good as that one
	 */
	Principal read(Login login);

	/**
	 * Known by its name alone.
	 *
	 * @param name the name
	 */
	record NamedPrincipal(String name) implements Principal {

		@Override
		public String getName() {
			return this.name;
		}

	}

}
