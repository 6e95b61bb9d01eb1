package io.nanogame.cluster.model;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.function.LongFunction;

import io.nanogame.service.Claim;
import io.nanogame.service.Claimant;

/** A node's claim to a {@link Room}. */
final class RoomClaimant implements Claimant<Room> {

	static final String NAME = "lobby";

	final ModelNode node;

	/** What happened, in order: fences of tenures, and "lost". */
	final List<String> events = new ArrayList<>();

	final List<String> notes = new ArrayList<>();

	private final Runnable changed;

	private final LongFunction<CompletableFuture<Long>> replies;

	Claim claim;

	RoomClaimant(ModelNode node, Runnable changed, LongFunction<CompletableFuture<Long>> replies) {
		this.node = node;
		this.changed = changed;
		this.replies = replies;
	}

	static RoomClaimant on(ModelNode node) {
		RoomClaimant claimant = new RoomClaimant(node, () -> {
		}, CompletableFuture::completedFuture);
		claimant.claim();
		return claimant;
	}

	void claim() {
		this.claim = this.node.services.claim(Room.class, NAME, this.node.lanes.create(NAME), this);
	}

	@Override
	public Room acquired(long fence) {
		this.events.add(String.valueOf(fence));
		this.changed.run();
		return new Room() {

			@Override
			public CompletableFuture<Long> fence() {
				return RoomClaimant.this.replies.apply(fence);
			}

			@Override
			public void note(String text) {
				RoomClaimant.this.notes.add(text);
			}

		};
	}

	@Override
	public void lost() {
		this.events.add("lost");
	}

	boolean isHeld() {
		return this.claim.isHeld();
	}

	/** Whether the last ownership is over, as far as the claimant knows. */
	boolean knowsOfLoss() {
		return this.events.isEmpty() || this.events.get(this.events.size() - 1).equals("lost");
	}

}
