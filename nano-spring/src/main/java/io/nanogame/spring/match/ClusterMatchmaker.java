package io.nanogame.spring.match;

import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;

import io.nanogame.service.ServiceException;
import io.nanogame.service.Services;
import io.nanogame.session.Session;
import io.nanogame.spring.match.TicketDesk.Entry;
import io.nanogame.spring.match.TicketDesk.Reply;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.json.JsonMapper;

/**
 * Calls the node to which the client of a player is connected. Thread-safe.
 */
final class ClusterMatchmaker implements Matchmaker {

	private static final int MAX_LENGTH = 8 * 1024;

	/** The node of the player may ask others about members of the party and rooms. */
	private static final Duration REPLY = Duration.ofSeconds(5);

	private final ServiceNodes nodes;

	private final JsonMapper mapper;

	ClusterMatchmaker(ServiceNodes nodes, JsonMapper mapper) {
		this.nodes = nodes;
		this.mapper = mapper;
	}

	@Override
	public CompletionStage<Void> enqueue(Session leader, List<String> members, String queue,
			@Nullable Object properties) {
		String uid = leader.uid();
		if (uid == null) {
			return CompletableFuture.failedStage(new ServiceException(401, "log in first"));
		}
		if (members.stream().anyMatch(Objects::isNull)) {
			// The list may be that of a client.
			return CompletableFuture.failedStage(new ServiceException(400, "a member has no uid"));
		}
		String json = (properties != null) ? this.mapper.writeValueAsString(properties) : "{}";
		if (json.length() > MAX_LENGTH) {
			return CompletableFuture.failedStage(new ServiceException(400, "the properties are too long"));
		}
		Entry entry = new Entry(leader.id(), uid, queue, List.copyOf(members), json);
		return atPlayer((desk) -> desk.enqueue(entry), false).thenAccept((enqueued) -> {
			if (!enqueued) {
				throw new ServiceException(404, "the player %s is not connected".formatted(uid));
			}
		});
	}

	@Override
	public CompletionStage<Boolean> cancel(Session player, String queue) {
		String uid = player.uid();
		if (uid == null) {
			return CompletableFuture.completedStage(false);
		}
		return atPlayer((desk) -> desk.cancel(uid, queue), Reply.ABSENT).thenApply((reply) -> reply == Reply.YES);
	}

	/**
	 * Calls this node, and if the player is not here, all others.
	 * @param absent the reply of a node without the player
	 */
	private <T> CompletionStage<T> atPlayer(Function<TicketDesk, CompletionStage<T>> call, T absent) {
		CompletionStage<T> here = this.nodes.isGateway() ? call.apply(desk(this.nodes.self()))
				: CompletableFuture.completedStage(absent);
		return here.thenCompose(
				(reply) -> absent.equals(reply) ? atOthers(call, absent) : CompletableFuture.completedStage(reply));
	}

	private <T> CompletionStage<T> atOthers(Function<TicketDesk, CompletionStage<T>> call, T absent) {
		List<CompletableFuture<T>> replies = this.nodes.gateways()
			.stream()
			.filter((node) -> !node.equals(this.nodes.self()))
			.map((node) -> call.apply(desk(node)).toCompletableFuture())
			.toList();
		return CompletableFuture.allOf(replies.toArray(CompletableFuture<?>[]::new)).handle((done, failure) -> {
			for (CompletableFuture<T> reply : replies) {
				if (!reply.isCompletedExceptionally() && !absent.equals(reply.join())) {
					return CompletableFuture.completedStage(reply.join());
				}
			}
			return (failure != null) ? CompletableFuture.<T>failedStage(failure)
					: CompletableFuture.completedStage(absent);
		}).thenCompose((stage) -> stage);
	}

	private TicketDesk desk(String node) {
		return Services.withTimeout(this.nodes.tickets(node), REPLY);
	}

}
