package io.nanogame.boot.autoconfigure;

/**
 * The protobuf message of the merged pushes of a route. A bean of this type is required
 * for each route of {@code nano.push.merge} if sessions have the serializer
 * {@code protobuf}. A bean for any other route has no effect, which is logged.
 *
 * @param route the route
 * @param type a generated message with a field {@code repeated <message> items}, where
 * {@code items} is the value of {@code nano.push.merge-field}, and the message is that of
 * the broadcasts
 */
public record MergedMessage(String route, Class<?> type) {
}
