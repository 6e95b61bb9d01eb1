package io.nanogame.node;

import java.util.Map;
import java.util.Set;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LocalNodesTests {

	private static final Node SELF = new Node("a-1", "a", "", Map.of(), Set.of("room"), Set.of(), Set.of(), Set.of(),
			true, false, 0);

	private final Nodes nodes = new LocalNodes(() -> SELF);

	@Test
	void aServerAloneIsItsOnlyNode() {
		assertThat(this.nodes.self()).isEqualTo(SELF);
		assertThat(this.nodes.all()).containsExactly(SELF);
		assertThat(this.nodes.others()).isEmpty();
		assertThat(this.nodes.find("a-1")).as("other nodes only, as in a cluster").isEmpty();
		assertThat(this.nodes.isUp("a-1")).isFalse();
		assertThat(this.nodes.withComponent("room")).isEmpty();
		assertThat(this.nodes.isKnown("room")).isFalse();
		NodeListener listener = new NodeListener() {
		};
		this.nodes.addListener(listener);
		this.nodes.removeListener(listener);
	}

}
