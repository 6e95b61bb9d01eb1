package io.nanogame.boot.autoconfigure;

import io.nanogame.lane.ThreadContext;
import org.jspecify.annotations.Nullable;

import org.springframework.transaction.support.TransactionSynchronizationManager;

/**
 * Keeps a service from joining the transaction of its caller: a call within a transaction
 * runs on another thread.
 */
final class TransactionContext implements ThreadContext {

	private static final Runnable NOTHING_HIDDEN = () -> {
	};

	@Override
	public @Nullable Runnable hide() {
		return (TransactionSynchronizationManager.isSynchronizationActive()
				|| TransactionSynchronizationManager.isActualTransactionActive()) ? null : NOTHING_HIDDEN;
	}

}
