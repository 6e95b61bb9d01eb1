package io.nanogame.cluster.node;

import java.util.function.Consumer;

/**
 * Detects when this node no longer receives messages, and when it receives them again. A
 * process that was paused has missed its heartbeats, too, and reads them a moment later.
 * So several successive checks must find that its own heartbeats are missing. Confined to
 * one thread, except for {@link #onChange}.
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

	/** Called when this node cannot receive messages yet. */
	void startDeaf() {
		this.deafLooks = this.patience;
		this.action.accept(false);
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
