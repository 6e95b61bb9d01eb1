package io.nanogame.cluster.node;

import java.util.function.Consumer;

/**
 * Notices when this node hears nothing any more, and when it hears again. A process that
 * was stopped for a while has heard nothing either, and reads a moment later what came
 * meanwhile. So a node is deaf only when several looks in a row have found that it does
 * not hear itself. Belongs to one thread, but for {@link #onChange}.
 */
final class Hearing {

	private final int patience;

	private volatile Consumer<Boolean> action = (hearing) -> {
	};

	private int deafLooks;

	Hearing(int patience) {
		this.patience = patience;
	}

	void onChange(Consumer<Boolean> newAction) {
		this.action = newAction;
	}

	void look(boolean heardItself) {
		boolean wasDeaf = this.deafLooks >= this.patience;
		this.deafLooks = heardItself ? 0 : this.deafLooks + 1;
		boolean deaf = this.deafLooks >= this.patience;
		if (deaf != wasDeaf) {
			this.action.accept(!deaf);
		}
	}

}
