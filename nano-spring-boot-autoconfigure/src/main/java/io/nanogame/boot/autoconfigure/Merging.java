package io.nanogame.boot.autoconfigure;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;

import io.nanogame.group.MergedRoutes;
import io.nanogame.protocol.LengthIdFormat;
import io.nanogame.serialize.MergeForm;
import io.nanogame.session.MergedRoute;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Creates the merged routes of an app.
 */
final class Merging {

	private static final Logger log = LoggerFactory.getLogger(Merging.class);

	private static final String KEY = "nano.push.merge";

	private static final String FIELD_KEY = "nano.push.merge-field";

	private static final Duration MIN_WINDOW = Duration.ofMillis(1);

	private static final Duration MAX_WINDOW = Duration.ofSeconds(5);

	/** The maximum length of a push of several items, in bytes. */
	private static final long MAX_LENGTH = 32 * 1024;

	private final NanoProperties properties;

	private final List<MergedMessage> messages;

	/** The names of the serializers that sessions may have. */
	private final List<String> serializers;

	Merging(NanoProperties properties, List<MergedMessage> messages, List<String> serializers) {
		this.properties = properties;
		this.messages = messages;
		this.serializers = serializers;
	}

	/**
	 * Creates the routes.
	 * @throws InvalidMergedRouteException when a serializer cannot write the pushes of a
	 * route
	 */
	MergedRoutes routes() {
		Map<String, Duration> windows = this.properties.push().merge();
		String field = this.properties.push().mergeField();
		Checks.check(MergeForm.isField(field), FIELD_KEY, field,
				"It must consist of letters, digits and underscores, and not begin with a digit.");
		int maxLength = maxLength();
		List<MergedRoute> routes = new ArrayList<>();
		windows.forEach((route, window) -> {
			Checks.check(window.compareTo(MIN_WINDOW) >= 0 && window.compareTo(MAX_WINDOW) <= 0, key(route), window,
					"It must be 1 ms to 5 s.");
			routes.add(new MergedRoute(route, window, maxLength, form(route, field)));
		});
		warnOfUnused(windows.keySet());
		return new MergedRoutes(routes);
	}

	private static String key(String route) {
		return "%s[%s]".formatted(KEY, route);
	}

	/** No client shall receive a longer packet than its protocol has. */
	private int maxLength() {
		return (int) LengthIdProtocols.formats(this.properties)
			.stream()
			.mapToLong(LengthIdFormat::maxBodyLength)
			.reduce(MAX_LENGTH, Math::min);
	}

	private MergeForm form(String route, String field) {
		MergedMessage message = message(route);
		MergeForm form = (message != null) ? withProtobuf(new MergeForm(field), message) : new MergeForm(field);
		for (String serializer : this.serializers) {
			if (!form.isWrittenBy(serializer)) {
				throw cannotWrite(route, field, serializer);
			}
		}
		return form;
	}

	private void warnOfUnused(Set<String> merged) {
		this.messages.stream()
			.map(MergedMessage::route)
			.filter((route) -> !merged.contains(route))
			.forEach((route) -> log.warn("The MergedMessage of the route '{}' has no effect without the key '{}'",
					route, key(route)));
	}

	private @Nullable MergedMessage message(String route) {
		List<MergedMessage> found = this.messages.stream().filter((message) -> message.route().equals(route)).toList();
		if (found.size() > 1) {
			throw new InvalidMergedRouteException(
					"There is more than one MergedMessage bean for the route '%s'".formatted(route),
					"Define one bean for each route.");
		}
		return found.isEmpty() ? null : found.get(0);
	}

	private static MergeForm withProtobuf(MergeForm form, MergedMessage message) {
		try {
			return form.withProtobuf(message.type());
		}
		catch (IllegalArgumentException ex) {
			throw new InvalidMergedRouteException(
					"The MergedMessage of the route '%s' is not valid: %s".formatted(message.route(), ex.getMessage()),
					"Use a generated protobuf message, whose field '%s' is repeated and has the type of the broadcasts, or change '%s'."
						.formatted(form.field(), FIELD_KEY));
		}
	}

	private static InvalidMergedRouteException cannotWrite(String route, String field, String serializer) {
		String problem = "The key '%s' is set, but the serializer '%s' cannot write merged pushes".formatted(key(route),
				serializer);
		if (serializer.equals("protobuf")) {
			return new InvalidMergedRouteException(problem + " without a message type for them",
					"Define a message with a field 'repeated <message> %s = 1', and a bean 'new MergedMessage(\"%s\", <the message>.class)', or remove the key."
						.formatted(field, route));
		}
		return new InvalidMergedRouteException(problem,
				"Only 'json' and 'protobuf' can. Remove the key, or use one of these serializers.");
	}

}
