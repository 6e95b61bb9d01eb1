package io.nanogame.spring.match;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

import io.nanogame.service.ServiceException;

/**
 * The queues of this node. Thread-safe.
 */
final class LocalQueues implements QueueDesk {

	private final Map<String, OwnedQueue> byName = new LinkedHashMap<>();

	/**
	 * Creates a desk.
	 * @param queues the queues
	 */
	LocalQueues(List<OwnedQueue> queues) {
		queues.forEach((queue) -> this.byName.put(queue.info().queue(), queue));
	}

	@Override
	public CompletionStage<List<QueueInfo>> queues() {
		return CompletableFuture.completedStage(this.byName.values().stream().map(OwnedQueue::info).toList());
	}

	@Override
	public CompletionStage<Announced> announce(Announcement announcement) {
		OwnedQueue queue = this.byName.get(announcement.queue());
		return (queue != null) ? queue.announce(announcement)
				: CompletableFuture.failedStage(new ServiceException(404, "there is no such queue"));
	}

}
