package io.nanogame.boot.autoconfigure.room;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.nanogame.cluster.ClusterNode;
import io.nanogame.node.Nodes;
import io.nanogame.session.Session;
import io.nanogame.spring.Handler;
import io.nanogame.spring.room.GameRoom;
import io.nanogame.spring.room.OnLeave;
import io.nanogame.test.RawClient;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * Players in rooms of a backend who return by another gateway, because theirs is gone.
 */
class LostGatewayTests extends RoomCluster {

	@Test
	void aPlayerOfALostGatewayFindsItsSeat() {
		backend("one", Table.class).withBean(Left.class)
			.run((one) -> gateway("west").run((west) -> gateway("east").run((east) -> {
				awaitNodes("table", 1, one, west, east);
				RawClient ann = login(west, "ann");
				String room = join(ann, "table");
				call(ann, "table.sit", "\"by the window\"");
				west.getBean(ClusterNode.class).close();
				await().until(() -> one.getBean(Nodes.class).all().size() == 2);
				RawClient again = login(east, "ann");
				assertThat(join(again, "table")).isEqualTo(room);
				assertThat(call(again, "table.seat", "").asString()).isEqualTo("by the window");
				assertThat(one.getBean(Left.class).uids).isEmpty();
			})));
	}

	/** The players whose seats have become free. */
	static class Left {

		final List<String> uids = new CopyOnWriteArrayList<>();

	}

	@GameRoom(value = "table", seats = 2)
	static class Table {

		private final Left left;

		private String seat = "";

		Table(Left left) {
			this.left = left;
		}

		@Handler
		void sit(String where) {
			this.seat = where;
		}

		@Handler
		String seat() {
			return this.seat;
		}

		@OnLeave
		void leave(Session player) {
			this.left.uids.add(String.valueOf(player.uid()));
		}

	}

}
