package io.nanogame.group;

import java.util.ArrayList;
import java.util.List;

import io.nanogame.session.MemoryConnection;
import io.nanogame.session.Session;
import io.nanogame.session.SessionHandle;
import io.nanogame.session.TestSessions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Members of a group that move between servers. No listener notices it.
 */
class MovedMembersTests {

	private final TestSessions sessions = new TestSessions();

	private final LocalGroup group = new LocalGroup("lobby", this.sessions.payloads,
			GroupSettings.of(1, MergedRoutes.NONE), this.sessions.timers, (closed) -> {
			});

	private final Memberships members = this.group.memberships();

	private final Session ann = this.sessions.open();

	private final List<String> events = new ArrayList<>();

	@BeforeEach
	void listen() {
		this.group.addListener(new GroupListener() {

			@Override
			public void joined(Group joined, Member who) {
				MovedMembersTests.this.events.add("joined " + who.sessionId());
			}

			@Override
			public void left(Group left, Member who) {
				MovedMembersTests.this.events.add("left " + who.sessionId());
			}

		}, Runnable::run);
	}

	private List<String> broadcast() {
		int before = TestSessions.connection(this.ann).sent().size();
		this.group.broadcast("onNews", "news");
		this.sessions.loopThread.runAll();
		List<String> sent = TestSessions.connection(this.ann).sent();
		return sent.subList(before, sent.size());
	}

	private String joined() {
		return "joined " + this.ann.id();
	}

	@Test
	void anArrivingSessionIsAMemberThatBroadcastsDoNotReachYet() {
		this.members.hold(this.ann);
		assertThat(this.group.members()).containsExactly(this.ann);
		assertThat(broadcast()).isEmpty();
		this.members.resume(this.ann.id());
		assertThat(broadcast()).hasSize(1);
		assertThat(this.events).containsExactly(joined());
	}

	@Test
	void itIsAddedWhateverTheSizeAndNotToAClosedGroup() {
		this.group.add(this.sessions.open());
		this.members.hold(this.ann);
		assertThat(this.group.count()).isEqualTo(2);
		this.group.leaveAll();
		this.group.close();
		this.members.hold(this.ann);
		assertThat(this.members.contains(this.ann.id())).isFalse();
	}

	@Test
	void aMemberOfAnotherServerStaysOneWhenItArrives() {
		this.members.admit(new Remote("gate"));
		this.members.hold(this.ann);
		assertThat(this.group.count()).isOne();
		assertThat(this.members.onServer("gate", (session) -> null)).isEmpty();
		assertThat(broadcast()).isEmpty();
		this.members.resume(this.ann.id());
		assertThat(broadcast()).hasSize(1);
		assertThat(this.events).containsExactly(joined());
	}

	@Test
	void theEndOfTheArrivedSessionEndsItsMembership() {
		this.members.admit(new Remote("gate"));
		this.members.hold(this.ann);
		this.ann.close();
		assertThat(this.group.count()).isZero();
		assertThat(this.events).containsExactly(joined(), "left " + this.ann.id());
	}

	@Test
	void aSessionThatIsClosedBeforeItArrivesIsNoMember() {
		this.ann.close();
		this.members.hold(this.ann);
		assertThat(this.group.count()).isZero();
		this.members.admit(new Remote("gate"));
		this.members.hold(this.ann);
		assertThat(this.group.count()).isZero();
	}

	@Test
	void broadcastsReachAMemberByItsNextConnection() {
		this.group.add(this.ann);
		MemoryConnection former = TestSessions.connection(this.ann);
		MemoryConnection.Loop other = new MemoryConnection.Loop(this.sessions.loopThread);
		SessionHandle.of(this.ann).moveTo(new MemoryConnection(other));
		this.members.resume(this.ann.id());
		assertThat(broadcast()).hasSize(1);
		assertThat(former.sent()).isEmpty();
		assertThat(this.events).containsExactly(joined());
	}

	@Test
	void aMemberThatLeavesWhileItIsHeldReceivesNoBroadcast() {
		this.members.hold(this.ann);
		assertThat(this.members.leave(this.ann.id())).isTrue();
		this.members.resume(this.ann.id());
		assertThat(broadcast()).isEmpty();
		assertThat(this.group.count()).isZero();
	}

	@Test
	void aMemberOfAnotherServerMovesToAThirdOne() {
		this.members.admit(new Remote("gate"));
		Session unasked = this.members.moved(this.ann.id(), (member) -> new Remote("hall"));
		assertThat(unasked).isNull();
		assertThat(this.members.onServer("gate", (session) -> null)).isEmpty();
		assertThat(this.members.onServer("hall", (session) -> null)).containsExactly(this.ann.id());
		assertThat(this.group.members()).containsExactly(this.ann);
		assertThat(this.members.moved(this.ann.id(), (member) -> new Remote("yard"))).isSameAs(this.ann);
		assertThat(this.members.onServer("yard", (session) -> null)).containsExactly(this.ann.id());
		assertThat(this.events).containsExactly(joined());
	}

	@Test
	void aMemberOfThisServerIsNotAsked() {
		this.group.add(this.ann);
		assertThat(this.members.moved(this.ann.id(), (member) -> {
			throw new AssertionError(member);
		})).isSameAs(this.ann);
		assertThat(this.members.moved(77, (member) -> member)).isNull();
	}

	/** The member on another server. */
	private final class Remote implements RemoteMember {

		private final String server;

		Remote(String server) {
			this.server = server;
		}

		@Override
		public long id() {
			return MovedMembersTests.this.ann.id();
		}

		@Override
		public @Nullable String uid() {
			return null;
		}

		@Override
		public String server() {
			return this.server;
		}

		@Override
		public Session session() {
			return MovedMembersTests.this.ann;
		}

	}

}
