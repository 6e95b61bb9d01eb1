package io.nanogame.connection;

import org.jspecify.annotations.Nullable;

/**
 * How fast one client may send messages and bytes that are inflated. Belongs to its
 * session: a resumed one continues with the same allowance. Confined to the loop.
 */
public final class ClientRates {

	private final Intake intake;

	private final ReadGate gate;

	/** Whether the gate is paused until the sweep finds that the client may send. */
	private boolean tooFast;

	/** Null before the session opens, and without a rate limit. */
	private @Nullable Allowance allowance;

	/** Null until a message was inflated. */
	private @Nullable InflationRate inflation;

	/** Whether the client sends again what was lost with its last wire. */
	private boolean catchingUp;

	ClientRates(Intake intake, ReadGate gate) {
		this.intake = intake;
		this.gate = gate;
	}

	/** Starts with the tokens that the last session of the player has left. */
	void open(@Nullable String uid) {
		this.allowance = this.intake.rate().allowance(uid);
	}

	/** Saves the used tokens of the player for its next session. */
	void save(@Nullable String uid) {
		this.intake.rate().save(uid, this.allowance);
	}

	/**
	 * Makes the client wait for tokens, instead of rejecting messages, until it has sent
	 * again what was lost.
	 */
	void catchUp() {
		this.catchingUp = true;
	}

	/** The client has sent again what was lost. */
	void caughtUp() {
		this.catchingUp = false;
	}

	/** Returns whether the gate is paused because the client was too fast. */
	boolean isTooFast() {
		return this.tooFast;
	}

	/** Called when the gate opens. */
	void slowedDown() {
		this.tooFast = false;
	}

	/**
	 * Returns the tokens that must cover a message of a route; null if there are none, or
	 * the client catches up, so that the message was charged already.
	 */
	@Nullable Allowance allowance(String route) {
		if (!this.catchingUp || this.allowance == null) {
			return this.allowance;
		}
		this.allowance.charge(route);
		return null;
	}

	/**
	 * Returns whether a message may be read now; pauses otherwise. A client that sends
	 * again what was lost is read at the rate of its allowance.
	 * @return false when the message, and all further bytes, must remain unread
	 */
	public boolean mayRead() {
		if (!this.catchingUp || this.allowance == null || !this.allowance.isSpent()) {
			return true;
		}
		this.tooFast = true;
		this.gate.pauseForRate();
		return false;
	}

	/**
	 * Returns whether a compressed body may be inflated now; pauses otherwise. The bytes
	 * are limited for each turn of the loop, and for each second of a client.
	 * @return false when its message, and all further bytes, must remain unread
	 */
	public boolean mayInflate() {
		InflationTurns turns = this.gate.loop().inflation();
		if (this.inflation != null && this.inflation.isExceeded(this.intake.nanoTime())) {
			this.tooFast = true;
		}
		else if (turns.isOver(this.intake.settings().packets().maxInflatedLength())) {
			turns.await(this.gate);
		}
		else {
			return true;
		}
		this.gate.pauseForRate();
		return false;
	}

	/** Counts the bytes of an inflated body, also if it was too long. */
	public void inflated(int bytes) {
		this.inflation = this.intake.inflated(this.gate.loop(), this.inflation, bytes);
	}

}
