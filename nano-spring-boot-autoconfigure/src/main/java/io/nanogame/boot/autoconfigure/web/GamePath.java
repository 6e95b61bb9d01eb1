package io.nanogame.boot.autoconfigure.web;

import java.util.List;

import io.nanogame.boot.autoconfigure.Checks;
import io.nanogame.boot.autoconfigure.ClientFilters;
import io.nanogame.boot.autoconfigure.NanoProperties;
import io.nanogame.lengthid.LengthIdProtocol;
import io.nanogame.net.ListenerSettings;
import io.nanogame.net.UpgradeSettings;
import io.nanogame.server.GameServer;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * The path of the game on the app's web server. As a condition it matches when the path
 * is set and not empty: a profile can set an empty path to remove the path of another
 * profile.
 */
final class GamePath extends SpringBootCondition {

	static final String KEY = "nano.web.path";

	private static final String PROTOCOLS = "nano.web.protocols";

	static String of(NanoProperties properties) {
		String path = properties.web().path();
		if (path == null || !path.startsWith("/")) {
			throw new InvalidConfigurationPropertyValueException(KEY, path,
					"It must begin with a slash. Remove it to serve the game on its own port only.");
		}
		return Checks.path(KEY, path);
	}

	/** Returns what clients at that path must be. */
	static ListenerSettings clients(NanoProperties properties, GameServer server, ClientFilters filters) {
		UpgradeSettings all = UpgradeSettings.defaults();
		UpgradeSettings upgrade = new UpgradeSettings(of(properties),
				properties.server().websocket().origins("nano.server.websocket", filters.origins()),
				Checks.tokens("nano.web.subprotocols", properties.web().subprotocols()), all.maxRequestLine(),
				all.maxHeaders());
		return ListenerSettings.defaults()
			.withProtocols(protocols(properties, server))
			.with(upgrade)
			.with(properties.server().addresses().policy("nano.server.addresses", filters.addresses()));
	}

	/** Returns the protocols at that path. */
	private static List<String> protocols(NanoProperties properties, GameServer server) {
		Checks.check(!properties.web().protocols().contains(LengthIdProtocol.NAME), PROTOCOLS, LengthIdProtocol.NAME,
				"It needs a port of its own. Name it at one of 'nano.listeners'.");
		List<String> names = Checks.protocols(PROTOCOLS, properties.web().protocols(), server.protocols());
		for (String name : names) {
			Checks.check(!server.isUnauthenticated(name), PROTOCOLS, name,
					"Its clients cannot identify themselves to a handshake validator. Leave it to a port of 'nano.listeners'.");
		}
		return names;
	}

	@Override
	public ConditionOutcome getMatchOutcome(ConditionContext context, AnnotatedTypeMetadata metadata) {
		boolean present = StringUtils.hasText(context.getEnvironment().getProperty(KEY));
		ConditionMessage.Builder message = ConditionMessage.forCondition("nano web path");
		return new ConditionOutcome(present,
				present ? message.because(KEY + " is set") : message.because(KEY + " is empty or not set"));
	}

}
