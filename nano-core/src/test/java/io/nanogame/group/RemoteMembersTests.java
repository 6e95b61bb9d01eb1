package io.nanogame.group;

import java.util.ArrayList;
import java.util.List;

import io.nanogame.session.Session;
import io.nanogame.session.TestSessions;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Members whose clients are connected to other servers.
 */
class RemoteMembersTests {

	private final TestSessions sessions = new TestSessions();

	private final LocalGroup group = new LocalGroup("lobby", this.sessions.payloads,
			GroupSettings.of(1, MergedRoutes.NONE), this.sessions.timers, (closed) -> {
			});

	private final Session bob = this.sessions.open();

	private final Session ann = this.sessions.open();

	/** How often the game has asked for the session. */
	private int asked;

	private final RemoteMember member = new RemoteMember() {

		@Override
		public long id() {
			return RemoteMembersTests.this.ann.id();
		}

		@Override
		public @Nullable String uid() {
			return "ann";
		}

		@Override
		public String server() {
			return "gate";
		}

		@Override
		public Session session() {
			RemoteMembersTests.this.asked++;
			return RemoteMembersTests.this.ann;
		}

	};

	private void admit() {
		this.group.memberships().admit(this.member);
	}

	@Test
	void idsAreKnownWithoutASession() {
		List<String> events = new ArrayList<>();
		this.group.addListener(new GroupListener() {

			@Override
			public void joined(Group joined, Member who) {
				events.add("joined " + who.uid());
			}

			@Override
			public void left(Group left, Member who) {
				events.add("left " + who.uid());
			}

		}, Runnable::run);
		admit();
		admit();
		assertThat(this.group.count()).isOne();
		assertThat(this.group.contains("ann")).isTrue();
		assertThat(this.group.contains(this.ann)).isTrue();
		assertThat(this.group.memberIds()).containsExactly("ann");
		assertThat(this.group.memberships().onServer("gate", (session) -> null)).containsExactly(this.ann.id());
		assertThat(this.group.memberships().withSession()).isEmpty();
		this.group.broadcast("onNews", "news");
		assertThat(this.group.memberships().leave(this.ann.id())).isTrue();
		assertThat(this.group.count()).isZero();
		assertThat(events).containsExactly("joined ann", "left ann");
		assertThat(this.asked).isZero();
	}

	@Test
	void theSessionIsCreatedOnceWhenTheGameAsksForIt() {
		admit();
		assertThat(this.group.members()).containsExactly(this.ann);
		assertThat(this.group.members()).containsExactly(this.ann);
		assertThat(this.asked).isOne();
		assertThat(this.group.memberships().withSession()).containsExactly(this.ann);
	}

	@Test
	void itIsOnItsServerAlsoWhenItsSessionIsCreatedMeanwhile() {
		this.group.add(this.bob);
		admit();
		List<Long> found = this.group.memberships().onServer("gate", (session) -> {
			this.group.members();
			return null;
		});
		assertThat(this.asked).isOne();
		assertThat(found).containsExactly(this.ann.id());
		assertThat(this.group.memberships().onServer("hall", (session) -> null)).isEmpty();
	}

	@Test
	void aMulticastReachesIt() {
		admit();
		this.group.multicast("onNews", "news", (session) -> true);
		this.sessions.loopThread.runAll();
		assertThat(TestSessions.connection(this.ann).sent()).hasSize(1);
	}

	@Test
	void theEndOfItsSessionEndsItsMembership() {
		admit();
		this.group.members().get(0).close();
		assertThat(this.group.count()).isZero();
	}

	@Test
	void aSessionThatIsClosedWhenItIsCreatedIsNoMemberAnyMore() {
		admit();
		this.ann.close();
		assertThat(this.group.count()).isOne();
		this.group.members();
		assertThat(this.group.count()).isZero();
	}

	@Test
	void itIsAddedWhateverTheSizeAndNotToAClosedGroup() {
		this.group.add(this.sessions.open());
		admit();
		assertThat(this.group.count()).isEqualTo(2);
		this.group.close();
		admit();
		assertThat(this.group.count()).isZero();
	}

}
