package io.nanogame.spring.room;

import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;
import java.util.function.Supplier;
import java.util.zip.CRC32C;

import io.nanogame.node.Node;
import io.nanogame.node.Nodes;
import org.jspecify.annotations.Nullable;

/**
 * The ids of rooms. An id consists of random characters, so that it cannot be guessed,
 * and of a code of the node that has created the room. Thread-safe.
 */
final class RoomIds {

	private static final String CHARACTERS = "23456789abcdefghjkmnpqrstuvwxyz";

	private static final int RANDOM = 12;

	private final SecureRandom random = new SecureRandom();

	private final Supplier<Nodes> nodes;

	RoomIds(Supplier<Nodes> nodes) {
		this.nodes = nodes;
	}

	/** Returns the id of a new room of this node. */
	String next() {
		StringBuilder id = new StringBuilder();
		for (int i = 0; i < RANDOM; i++) {
			id.append(CHARACTERS.charAt(this.random.nextInt(CHARACTERS.length())));
		}
		return id.append(code(this.nodes.get().self())).toString();
	}

	/** Returns the node that has created a room, or null if it is not up. */
	@Nullable String node(String id) {
		return this.nodes.get().all().stream().filter((node) -> isOf(id, node)).map(Node::id).findFirst().orElse(null);
	}

	/** Returns whether a node has created a room. */
	private static boolean isOf(String id, Node node) {
		return id.length() > RANDOM && id.substring(RANDOM).equals(code(node));
	}

	private static String code(Node node) {
		CRC32C checksum = new CRC32C();
		checksum.update(node.id().getBytes(StandardCharsets.UTF_8));
		return Long.toString(checksum.getValue(), Character.MAX_RADIX);
	}

}
