package io.nanogame.service;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.LinkedBlockingQueue;

/** Keeps its accounts without a lock. */
class OwnBank implements Bank {

	final Map<String, Integer> accounts = new HashMap<>();

	final BlockingQueue<String> notes = new LinkedBlockingQueue<>();

	/** The pending results of {@link #later}. */
	final List<CompletableFuture<Integer>> pending = new CopyOnWriteArrayList<>();

	@Override
	public void note(String text) {
		this.notes.add(text);
	}

	@Override
	public int add(String account, int coins) {
		if (coins < 0) {
			throw new ServiceException(409, "no money");
		}
		if (coins == 0) {
			throw new IllegalArgumentException("expected by a test");
		}
		return this.accounts.merge(account, coins, Integer::sum);
	}

	@Override
	public CompletionStage<Integer> later(String account) {
		CompletableFuture<Integer> result = new CompletableFuture<>();
		this.pending.add(result);
		return result;
	}

	@Override
	public CompletableFuture<Void> audit() {
		return CompletableFuture.failedFuture(new ServiceException(423, "locked"));
	}

	@Override
	public Object same(Object value) {
		return value;
	}

}
