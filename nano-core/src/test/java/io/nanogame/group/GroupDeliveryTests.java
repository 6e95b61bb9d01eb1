package io.nanogame.group;

import java.util.ArrayList;
import java.util.List;

import io.nanogame.server.TestServer;
import io.nanogame.session.Session;
import io.nanogame.test.RawClient;
import io.nanogame.test.RawPacket;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

/**
 * The messages that members receive over TCP and WebSocket, on several event loops.
 */
class GroupDeliveryTests {

	private final TestServer server = new TestServer();

	private final Group group = this.server.groups.create("lobby");

	private final List<RawClient> clients = new ArrayList<>();

	private final List<Session> sessions = new ArrayList<>();

	@BeforeEach
	void connect() {
		this.server.lane("test.hello", (request) -> request.session().id())
			.lane("test.broadcast", (request) -> broadcast(request.session()))
			.loop("test.fastBroadcast", (request) -> broadcast(request.session()))
			.start();
		for (int i = 0; i < 8; i++) {
			RawClient client = (i % 2 == 0) ? this.server.tcp() : this.server.webSocket();
			client.handshake().request(1, "test.hello", "");
			long id = Long.parseLong(client.readResponse(1));
			this.clients.add(client);
			this.sessions.add(this.server.sessions.find(id).orElseThrow());
		}
	}

	private Object broadcast(Session caller) {
		caller.push("onNews", "before");
		this.group.broadcast("onNews", "to all");
		caller.push("onNews", "after");
		return "done";
	}

	@AfterEach
	void stop() {
		this.clients.forEach(RawClient::close);
		this.server.close();
	}

	private void addAll() {
		this.sessions.forEach(this.group::add);
	}

	/** Returns the pushes that a client receives before the final one. */
	private static List<String> readToEnd(RawClient client) {
		List<String> pushes = new ArrayList<>();
		String payload;
		while (!(payload = client.readPush("onNews")).equals("\"end\"")) {
			pushes.add(payload);
		}
		return pushes;
	}

	private void end() {
		this.sessions.forEach((session) -> session.push("onNews", "end"));
	}

	@Test
	void aBroadcastReachesEveryMemberOnce() {
		addAll();
		this.group.broadcast("onNews", 1);
		this.group.broadcast("onNews", 2);
		end();
		for (RawClient client : this.clients) {
			assertThat(readToEnd(client)).containsExactly("1", "2");
		}
	}

	@Test
	void broadcastsAndPushesArriveInTheOrderOfTheCalls() {
		addAll();
		for (int i = 0; i < 300; i++) {
			if (i % 3 == 0) {
				this.group.broadcast("onNews", i);
			}
			else {
				int number = i;
				this.sessions.forEach((session) -> session.push("onNews", number));
			}
		}
		end();
		for (RawClient client : this.clients) {
			List<String> pushes = readToEnd(client);
			assertThat(pushes).hasSize(300);
			for (int i = 0; i < 300; i++) {
				assertThat(pushes.get(i)).isEqualTo(String.valueOf(i));
			}
		}
	}

	@Test
	void broadcastsAndPushesOfAHandlerArriveInTheOrderOfTheCalls() {
		addAll();
		for (String route : List.of("test.broadcast", "test.fastBroadcast")) {
			for (RawClient client : this.clients) {
				client.request(2, route, "");
				List<String> received = new ArrayList<>();
				RawPacket packet;
				while (!(packet = client.readData()).isResponse()) {
					received.add(packet.payload());
				}
				assertThat(received).containsExactly("\"before\"", "\"to all\"", "\"after\"");
				this.clients.stream().filter((other) -> other != client).forEach((other) -> other.readPush("onNews"));
			}
		}
	}

	@Test
	void aSessionThatJoinsAfterABroadcastDoesNotReceiveIt() {
		Session late = this.sessions.get(0);
		this.sessions.stream().skip(1).forEach(this.group::add);
		this.group.broadcast("onNews", 1);
		this.group.add(late);
		this.group.broadcast("onNews", 2);
		end();
		assertThat(readToEnd(this.clients.get(0))).containsExactly("2");
		assertThat(readToEnd(this.clients.get(1))).containsExactly("1", "2");
	}

	@Test
	void aSessionThatLeavesAfterABroadcastReceivesItAndNoLaterOne() {
		addAll();
		this.group.broadcast("onNews", 1);
		this.group.leave(this.sessions.get(0));
		this.group.broadcast("onNews", 2);
		this.group.leaveAll();
		this.group.broadcast("onNews", 3);
		end();
		assertThat(readToEnd(this.clients.get(0))).containsExactly("1");
		assertThat(readToEnd(this.clients.get(1))).containsExactly("1", "2");
	}

	@Test
	void aMulticastReachesOnlyMatchingMembers() {
		addAll();
		this.group.multicast("onNews", "even", (session) -> this.sessions.indexOf(session) % 2 == 0);
		end();
		for (int i = 0; i < this.clients.size(); i++) {
			assertThat(readToEnd(this.clients.get(i))).hasSize((i % 2 == 0) ? 1 : 0);
		}
	}

	@Test
	void aClientThatDisconnectsLeaves() {
		addAll();
		this.clients.remove(0).close();
		this.clients.remove(0).reset();
		await().until(() -> this.group.count() == 6);
		this.group.broadcast("onNews", 1);
		assertThat(this.clients).allSatisfy((client) -> assertThat(client.readPush("onNews")).isEqualTo("1"));
	}

	@Test
	void theMembersOfAClosedGroupStayConnected() {
		addAll();
		this.group.broadcast("onNews", "last");
		this.group.close();
		for (RawClient client : this.clients) {
			assertThat(client.readPush("onNews")).isEqualTo("\"last\"");
			client.request(3, "test.echo", "3");
			assertThat(client.readResponse(3)).isEqualTo("3");
		}
	}

}
