package io.nanogame.cluster.frame;

import java.security.Principal;
import java.util.Set;

import org.jspecify.annotations.Nullable;

/**
 * Converts principals of the app's security to logins that are sent between nodes, and
 * back. Other properties of a principal stay on its node. Thread-safe.
 */
public interface PrincipalCodec {

	/** Sends only the name of a principal. */
	PrincipalCodec NAMES = new PrincipalCodec() {

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
	 * Converts a principal for other nodes.
	 * @param principal the principal, or null
	 * @return the login; null without a principal
	 */
	@Nullable Login write(@Nullable Principal principal);

	/**
	 * Converts a login of another node.
	 * @param login the login
	 * @return an equivalent principal
	 */
	Principal read(Login login);

	/**
	 * A principal with a name only.
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
