package io.nanogame.cluster.node;

import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

import io.nanogame.cluster.peer.Versions;
import io.nanogame.node.Node;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.json.JsonMapper;

/**
 * What a node publishes about itself, as JSON, so that each version reads those of all
 * others. Later versions may add properties.
 *
 * @param kind why it is published; unknown kinds are heartbeats
 * @param node the node
 * @param versions the versions of frames that it supports
 * @param start distinguishes nodes with the same id
 * @param sentNanos when it was sent to all, in the time of the node, which measures the
 * way back
 */
record Announcement(String kind, Node node, Versions versions, NumberCheck.Start start, long sentNanos) {

	/** The node is up. */
	static final String HEARTBEAT = "heartbeat";

	/** The node is up, and each receiver announces itself to it. */
	static final String HELLO = "hello";

	/**
	 * The node reconnects in a moment. Messages for it wait until another announcement.
	 */
	static final String MOVING = "moving";

	/** The node stops. */
	static final String GOODBYE = "goodbye";

	/** Reads a missing property as null, false or 0. */
	private static final JsonMapper JSON = JsonMapper.builder()
		.disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
		.build();

	private static final Node NO_NODE = new Node("", "", "", Map.of(), Set.of(), Set.of(), Set.of(), Set.of(), false,
			false, 0);

	Announcement(@Nullable String kind, @Nullable Node node, @Nullable Versions versions,
			NumberCheck.@Nullable Start start, long sentNanos) {
		this.kind = (kind != null) ? kind : HEARTBEAT;
		this.node = (node != null) ? complete(node) : NO_NODE;
		this.versions = (versions != null) ? versions : Versions.NONE;
		this.start = (start != null) ? start : NumberCheck.Start.UNKNOWN;
		this.sentNanos = sentNanos;
	}

	/** A missing property is null. */
	@SuppressWarnings("DataFlowIssue")
	private static Node complete(Node read) {
		return new Node(text(read.id()), text(read.name()), text(read.label()),
				(read.metadata() != null) ? read.metadata() : Map.of(), sorted(read.components()),
				sorted(read.services()), sorted(read.serializers()), sorted(read.clientSerializers()), read.gateway(),
				read.leaving(), read.sessions());
	}

	private static String text(@Nullable String read) {
		return (read != null) ? read : "";
	}

	private static Set<String> sorted(@Nullable Set<String> read) {
		return (read != null) ? new TreeSet<>(read) : Set.of();
	}

	byte[] write() {
		return JSON.writeValueAsBytes(this);
	}

	/**
	 * Reads an announcement.
	 * @throws JacksonException when the bytes are malformed
	 */
	static Announcement read(byte[] bytes) {
		return JSON.readValue(bytes, Announcement.class);
	}

}
