package io.nanogame.boot.autoconfigure.web;

import java.util.List;

import io.nanogame.boot.autoconfigure.Checks;
import io.nanogame.boot.autoconfigure.NanoProperties;
import io.nanogame.server.GameServer;

import org.springframework.boot.autoconfigure.condition.ConditionMessage;
import org.springframework.boot.autoconfigure.condition.ConditionOutcome;
import org.springframework.boot.autoconfigure.condition.SpringBootCondition;
import org.springframework.boot.context.properties.source.InvalidConfigurationPropertyValueException;
import org.springframework.context.annotation.ConditionContext;
import org.springframework.core.type.AnnotatedTypeMetadata;
import org.springframework.util.StringUtils;

/**
 * The path of the game in the app's web server. As a condition it matches when there is
 * one: an empty path, as a profile sets it to take the path of another profile away, is
 * none.
 */
final class GamePath extends SpringBootCondition {

	static final String KEY = "nano.web.path";

	private static final String PROTOCOLS = "nano.web.protocols";

	static String of(NanoProperties properties) {
		String path = properties.web().path();
		if (path == null || !path.startsWith("/")) {
			throw new InvalidConfigurationPropertyValueException(KEY, path,
					"It must begin with a slash. Leave it out to keep the game to its own port.");
		}
		return Checks.path(KEY, path);
	}

	/** The origins of pages that may connect there. */
	static List<String> origins(NanoProperties properties) {
		return Checks.origins("nano.server.websocket.allowed-origins",
				properties.server().websocket().allowedOrigins());
	}

	/** The protocols that clients may speak at that path. */
	static List<String> protocols(NanoProperties properties, GameServer server) {
		List<String> names = Checks.protocols(PROTOCOLS, properties.web().protocols(), server.protocols());
		for (String name : names) {
			Checks.check(!server.isUnauthenticated(name), PROTOCOLS, name,
					"Its clients cannot say who they are to a handshake validator. Leave it to a port of 'nano.listeners'.");
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
