package io.nanogame.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;

import io.nanogame.service.ServiceException;
import org.jspecify.annotations.Nullable;

/** The ledger of a node. */
class OwnLedger implements Ledger {

	final BlockingQueue<String> notes = new LinkedBlockingQueue<>();

	final BlockingQueue<CompletableFuture<String>> hanging = new LinkedBlockingQueue<>();

	/** How often each was counted. The lane's own. */
	final Map<Long, Integer> counted = new HashMap<>();

	/** What {@link #slow} waits for, at most. */
	final CountDownLatch hurry = new CountDownLatch(1);

	volatile boolean isSlow;

	private final String node;

	OwnLedger(String node) {
		this.node = node;
	}

	@Override
	public void note(String text) {
		this.notes.add(text);
	}

	@Override
	public String where() {
		return this.node;
	}

	@Override
	public Entry add(Entry entry, int coins) {
		return new Entry(entry.account(), entry.coins() + coins);
	}

	@Override
	public CompletionStage<List<Entry>> entries(@Nullable String account) {
		return CompletableFuture.completedFuture((account != null) ? List.of(new Entry(account, 1)) : null);
	}

	@Override
	public CompletableFuture<Integer> count(long id) {
		return CompletableFuture.completedFuture(this.counted.merge(id, 1, Integer::sum));
	}

	@Override
	public CompletableFuture<String> hang() {
		CompletableFuture<String> never = new CompletableFuture<>();
		this.hanging.add(never);
		return never;
	}

	@Override
	public String slow(int millis) {
		this.isSlow = true;
		try {
			this.hurry.await(millis, TimeUnit.MILLISECONDS);
		}
		catch (InterruptedException ex) {
			Thread.currentThread().interrupt();
		}
		return "at last";
	}

	@Override
	public String refuse(String why) {
		throw new ServiceException(423, why);
	}

	@Override
	public String fail(String why) {
		throw new IllegalStateException(why);
	}

	@Override
	public byte[] bytes(int length) {
		return new byte[length];
	}

}
