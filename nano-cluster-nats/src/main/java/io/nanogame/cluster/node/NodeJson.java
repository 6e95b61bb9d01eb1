package io.nanogame.cluster.node;

import java.util.Collection;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.nanogame.cluster.wire.Peers;
import io.nanogame.node.Node;
import io.nats.client.support.JsonValue;
import io.nats.client.support.JsonValueUtils;

/**
 * The description of a node as JSON, for NATS's services protocol.
 */
final class NodeJson {

	/** The range of supported versions. */
	private static final String OLDEST = "oldestVersion";

	private static final String NEWEST = "newestVersion";

	private NodeJson() {
	}

	static JsonValue write(Node node) {
		return JsonValueUtils.mapBuilder()
			.put("id", node.id())
			.put("name", node.name())
			.put("label", node.label())
			.put("metadata", node.metadata())
			.put("components", sorted(node.components()))
			.put("services", sorted(node.services()))
			.put("gateway", node.gateway())
			.put("leaving", node.leaving())
			.put("sessions", node.sessions())
			.put(OLDEST, Peers.OLDEST_VERSION)
			.put(NEWEST, Peers.VERSION)
			.toJsonValue();
	}

	/**
	 * Returns whether this node and another one have a common version of the cluster's
	 * format. The first version did not send the range.
	 */
	static boolean isUnderstood(JsonValue json) {
		int oldest = JsonValueUtils.readInteger(json, OLDEST, 1);
		int newest = JsonValueUtils.readInteger(json, NEWEST, 1);
		return oldest <= Peers.VERSION && newest >= Peers.OLDEST_VERSION;
	}

	private static JsonValue sorted(Collection<String> names) {
		return new JsonValue(names.stream().sorted().map(JsonValue::new).toList());
	}

	static Node read(JsonValue json) {
		Map<String, String> metadata = JsonValueUtils.readStringStringMap(json, "metadata");
		return new Node(JsonValueUtils.readString(json, "id", ""), JsonValueUtils.readString(json, "name", ""),
				JsonValueUtils.readString(json, "label", ""), (metadata != null) ? metadata : Map.of(),
				names(json, "components"), names(json, "services"), JsonValueUtils.readBoolean(json, "gateway"),
				JsonValueUtils.readBoolean(json, "leaving"), JsonValueUtils.readInteger(json, "sessions", 0));
	}

	private static Set<String> names(JsonValue json, String field) {
		return new TreeSet<>(JsonValueUtils.readStringList(json, field));
	}

}
