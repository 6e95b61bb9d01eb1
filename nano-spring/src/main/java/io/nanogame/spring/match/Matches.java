package io.nanogame.spring.match;

import java.util.List;

import io.nanogame.spring.match.OwnPlayers.OwnPlayer;
import io.nanogame.spring.match.PlayerState.Hold;
import io.nanogame.spring.match.PlayerState.QueuedTicket;
import io.nanogame.spring.match.TicketDesk.Place;
import io.nanogame.spring.room.ClientMessage;
import io.nanogame.spring.room.ProtobufFields;
import org.jspecify.annotations.Nullable;

/**
 * What a player of this node receives when its match is committed.
 */
final class Matches {

	private final Endings endings;

	private final MatchObserver observer;

	Matches(Endings endings, MatchObserver observer) {
		this.endings = endings;
		this.observer = observer;
	}

	/** The player enters the room, unless it is in another one since. */
	void found(OwnPlayer player, Hold hold, @Nullable QueuedTicket ticket, Place place) {
		if (player.mayBeIn(place.kind())) {
			this.endings.push(player::push, hold.queue(), EndReason.IN_ROOM);
		}
		else if (!player.enter(place)) {
			this.endings.push(player::push, hold.queue(), EndReason.ROOM_LOST);
		}
		else {
			player.push("match.found", new Found(hold.queue(), place.room(), place.kind(), hold.players()));
		}
		if (ticket != null && ticket.isOwnedBy(player.uid())) {
			this.observer.matched(hold.queue(), ticket.waitedMillis());
		}
	}

	/**
	 * The payload of a push.
	 *
	 * @param queue the name of the queue
	 * @param room the id of the room
	 * @param kind the kind of the room
	 * @param players the uids of all players
	 */
	record Found(String queue, String room, String kind, List<String> players) implements ClientMessage {

		@Override
		public void writeTo(ProtobufFields fields) {
			fields.text(1, this.queue).text(2, this.room).text(3, this.kind).texts(4, this.players);
		}

	}

}
