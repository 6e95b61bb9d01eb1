package io.nanogame.group;

import java.lang.ref.WeakReference;
import java.util.List;
import java.util.function.Consumer;

import io.nanogame.serialize.SerializationException;
import io.nanogame.session.Session;
import io.nanogame.session.TestSessions;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.awaitility.Awaitility.await;

class GroupTests {

	private final TestSessions sessions = new TestSessions();

	private final Groups groups = new Groups(this.sessions.payloads, this.sessions.timers);

	private final Group group = this.groups.create("lobby");

	private Session member(String uid) {
		Session session = this.sessions.open();
		session.bind(uid);
		this.group.add(session);
		return session;
	}

	private static List<String> sent(Session session) {
		return TestSessions.connection(session).sent();
	}

	// The error cases of nano

	@Test
	void aMemberIsAddedOnce() {
		Session ann = member("ann");
		assertThatExceptionOfType(DuplicateMemberException.class).isThrownBy(() -> this.group.add(ann))
			.withMessage("The session is already in group 'lobby'");
		assertThat(this.group.members()).containsExactly(ann);
	}

	@Test
	void aUidThatNoMemberHasIsNotFound() {
		member("ann");
		member("bob").close();
		assertThatExceptionOfType(MemberNotFoundException.class).isThrownBy(() -> this.group.member("bob"))
			.withMessage("No member of group 'lobby' has that uid");
	}

	@Test
	void aFullGroupRejectsSessions() {
		Group duel = new Groups(this.sessions.payloads, this.sessions.timers, 2).create("duel");
		Session ann = this.sessions.open();
		duel.add(ann);
		duel.add(this.sessions.open());
		Session late = this.sessions.open();
		assertThatExceptionOfType(GroupFullException.class).isThrownBy(() -> duel.add(late))
			.withMessage("Group 'duel' is full")
			.isInstanceOf(GroupException.class);
		assertThatExceptionOfType(DuplicateMemberException.class).isThrownBy(() -> duel.add(ann));
		assertThat(duel.count()).isEqualTo(2);
		ann.close();
		assertThat(duel.add(late)).isTrue();
	}

	@Test
	void rejectionsByFullGroupsAreCounted() {
		Groups duels = new Groups(this.sessions.payloads, this.sessions.timers, 1);
		for (String name : List.of("one", "two")) {
			duels.get(name).add(this.sessions.open());
			assertThatExceptionOfType(GroupFullException.class)
				.isThrownBy(() -> duels.get(name).add(this.sessions.open()));
		}
		assertThat(duels.sizeLimit().timesExceeded()).isEqualTo(2);
		assertThat(this.groups.sizeLimit().isSet()).isFalse();
	}

	@Test
	void aGroupIsClosedOnce() {
		this.group.close();
		assertThatExceptionOfType(GroupAlreadyClosedException.class).isThrownBy(this.group::close)
			.withMessage("Group 'lobby' is already closed");
	}

	@Test
	void operationsOnAClosedGroupFail() {
		Session ann = member("ann");
		this.group.close();
		List<ThrowingCallable> operations = List.of(() -> this.group.add(ann), () -> this.group.leave(ann),
				this.group::leaveAll, () -> this.group.broadcast("onNews", 1),
				() -> this.group.multicast("onNews", 1, (session) -> true));
		for (ThrowingCallable operation : operations) {
			assertThatExceptionOfType(GroupClosedException.class).isThrownBy(operation)
				.withMessage("Group 'lobby' is closed")
				.isInstanceOf(GroupException.class);
		}
	}

	@Test
	void aClosedGroupCanStillBeRead() {
		Session ann = member("ann");
		this.group.close();
		assertThat(this.group.isClosed()).isTrue();
		assertThat(this.group.members()).isEmpty();
		assertThat(this.group.memberIds()).isEmpty();
		assertThat(this.group.count()).isZero();
		assertThat(this.group.contains(ann)).isFalse();
		assertThat(this.group.name()).isEqualTo("lobby");
		assertThat(ann.isOpen()).as("members stay connected").isTrue();
	}

	// Members

	@Test
	void membersAreListedInTheOrderOfJoining() {
		Session ann = member("ann");
		Session stranger = this.sessions.open();
		assertThat(this.group.add(stranger)).isTrue();
		Session bob = member("bob");
		assertThat(this.group.members()).containsExactly(ann, stranger, bob);
		assertThat(this.group.memberIds()).as("bound members only").containsExactly("ann", "bob");
		assertThat(this.group.count()).isEqualTo(3);
		assertThat(this.group.isEmpty()).isFalse();
		assertThat(this.group).hasToString("Group[lobby]");
	}

	@Test
	void theListOfMembersIsASnapshot() {
		Session ann = member("ann");
		List<Session> before = this.group.members();
		Session bob = member("bob");
		assertThat(before).containsExactly(ann);
		assertThat(this.group.members()).containsExactly(ann, bob);
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> before.remove(ann));
	}

	@Test
	void membersAreFoundByUidSessionAndPredicate() {
		Session ann = member("ann");
		Session annAgain = member("ann");
		assertThat(this.group.member("ann")).as("the first that joined").isSameAs(ann);
		assertThat(this.group.contains("ann")).isTrue();
		assertThat(this.group.contains("bob")).isFalse();
		assertThat(this.group.contains(annAgain)).isTrue();
		assertThat(this.group.contains(this.sessions.open())).isFalse();
		assertThat(this.group.find((session) -> session.id() == annAgain.id())).containsSame(annAgain);
		assertThat(this.group.find((session) -> false)).isEmpty();
	}

	@Test
	void aSessionThatLeavesIsNotAMember() {
		Session ann = member("ann");
		Session bob = member("bob");
		assertThat(this.group.leave(ann)).isTrue();
		assertThat(this.group.leave(ann)).as("a second time").isFalse();
		assertThat(this.group.members()).containsExactly(bob);
		assertThat(this.group.add(ann)).as("may join again").isTrue();
		assertThat(this.group.members()).containsExactly(bob, ann);
	}

	@Test
	void allMembersMayBeRemovedAtOnce() {
		Session ann = member("ann");
		member("bob");
		this.group.leaveAll();
		assertThat(this.group.isEmpty()).isTrue();
		assertThat(this.group.isClosed()).isFalse();
		assertThat(this.group.add(ann)).isTrue();
	}

	@Test
	void aSessionThatClosesLeaves() {
		Session ann = member("ann");
		Session bob = member("bob");
		ann.close();
		assertThat(this.group.members()).containsExactly(bob);
	}

	@Test
	void aClosedSessionIsNotAdded() {
		Session ann = this.sessions.open();
		ann.close();
		assertThat(this.group.add(ann)).isFalse();
		assertThat(this.group.isEmpty()).isTrue();
	}

	@Test
	void aSessionMayBeInManyGroups() {
		Group other = this.groups.create("other");
		Session ann = member("ann");
		other.add(ann);
		this.group.leave(ann);
		assertThat(other.contains(ann)).isTrue();
		ann.close();
		assertThat(other.isEmpty()).isTrue();
	}

	// Messages

	@Test
	void aBroadcastReachesAllMembers() {
		Session ann = member("ann");
		Session bob = member("bob");
		Session stranger = this.sessions.open();
		this.group.broadcast("onNews", List.of(1));
		assertThat(sent(ann)).containsExactly("push onNews [1]");
		assertThat(sent(bob)).containsExactly("push onNews [1]");
		assertThat(sent(stranger)).isEmpty();
	}

	@Test
	void aMulticastReachesMatchingMembers() {
		Session ann = member("ann");
		Session bob = member("bob");
		this.group.multicast("onNews", 1, (session) -> "bob".equals(session.uid()));
		assertThat(sent(ann)).isEmpty();
		assertThat(sent(bob)).containsExactly("push onNews 1");
	}

	@Test
	void eachLoopGetsOneTask() {
		for (int i = 0; i < 5; i++) {
			member("uid" + i);
		}
		this.group.broadcast("onNews", 1);
		assertThat(this.sessions.loop.broadcasts()).isOne();
		this.group.multicast("onNews", 1, (session) -> false);
		assertThat(this.sessions.loop.broadcasts()).as("none without recipients").isOne();
	}

	@Test
	void aValueThatCannotBeWrittenFailsTheBroadcastAndReachesNoMember() {
		Session ann = member("ann");
		Object endless = new Object() {

			@SuppressWarnings("unused")
			public Object getSelf() {
				return this;
			}

		};
		assertThatExceptionOfType(SerializationException.class)
			.isThrownBy(() -> this.group.broadcast("onNews", endless));
		assertThatExceptionOfType(SerializationException.class)
			.isThrownBy(() -> this.group.multicast("onNews", endless, (session) -> true));
		assertThat(sent(ann)).isEmpty();
	}

	@Test
	void aBroadcastToAnEmptyGroupHasNoEffect() {
		this.group.broadcast("onNews", 1);
		this.group.multicast("onNews", 1, (session) -> true);
		assertThat(this.sessions.loop.broadcasts()).isZero();
	}

	@Test
	void aSessionDoesNotReferToAGroupThatItHasLeft() {
		Session ann = this.sessions.open();
		List<WeakReference<Group>> left = List.of(left(ann, (room) -> room.leave(ann)), left(ann, Group::leaveAll),
				left(ann, Group::close));
		await().until(() -> {
			System.gc();
			return left.stream().allMatch((reference) -> reference.refersTo(null));
		});
		assertThat(ann.isOpen()).isTrue();
	}

	private WeakReference<Group> left(Session session, Consumer<Group> how) {
		Group room = new LocalGroup("room", this.sessions.payloads,
				new GroupSettings(this.groups.sizeLimit(), MergedRoutes.NONE), this.sessions.timers, (closed) -> {
				});
		room.add(session);
		how.accept(room);
		return new WeakReference<>(room);
	}

}
