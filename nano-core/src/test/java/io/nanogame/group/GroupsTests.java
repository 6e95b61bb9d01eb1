package io.nanogame.group;

import java.util.concurrent.atomic.AtomicBoolean;

import io.nanogame.limit.Limit;
import io.nanogame.session.Session;
import io.nanogame.session.TestSessions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

class GroupsTests {

	private final TestSessions sessions = new TestSessions();

	private final Groups groups = new Groups(this.sessions.payloads, this.sessions.timers);

	@Test
	void aGroupIsCreatedOnce() {
		Group lobby = this.groups.create("lobby");
		assertThatExceptionOfType(DuplicateGroupException.class).isThrownBy(() -> this.groups.create("lobby"))
			.withMessage("A group 'lobby' already exists; close it first or use get");
		assertThat(this.groups.find("lobby")).containsSame(lobby);
	}

	@Test
	void getCreatesAMissingGroup() {
		Group lobby = this.groups.get("lobby");
		assertThat(this.groups.get("lobby")).isSameAs(lobby);
		assertThat(lobby.name()).isEqualTo("lobby");
	}

	@Test
	void aNameThatIsTooLongIsRejected() {
		String name = "x".repeat(8193);
		assertThatIllegalArgumentException().isThrownBy(() -> this.groups.create(name))
			.withMessage("The name of a group must not be longer than 8192 characters, and this one has 8193");
		assertThatIllegalArgumentException().isThrownBy(() -> this.groups.get(name));
		assertThat(this.groups.count()).isZero();
	}

	@Test
	void findDoesNotCreateAGroup() {
		assertThat(this.groups.find("lobby")).isEmpty();
		assertThat(this.groups.count()).isZero();
	}

	@Test
	void aGroupWithoutMembersStaysUntilItIsClosed() {
		Group lobby = this.groups.create("lobby");
		Session ann = this.sessions.open();
		lobby.add(ann);
		ann.close();
		assertThat(this.groups.all()).containsExactly(lobby);
		lobby.close();
		assertThat(this.groups.all()).isEmpty();
		assertThat(this.groups.count()).isZero();
	}

	@Test
	void aNameCanBeReusedAfterItsGroupIsClosed() {
		Group first = this.groups.create("lobby");
		first.close();
		Group second = this.groups.create("lobby");
		assertThat(second).isNotSameAs(first);
		assertThat(second.isClosed()).isFalse();
		assertThatExceptionOfType(GroupAlreadyClosedException.class).isThrownBy(first::close);
		assertThat(this.groups.find("lobby")).as("closing the first again does not affect the second")
			.containsSame(second);
	}

	@Test
	void aNameCanBeReusedWhenAnotherNodeClosesItsGroupDuringItsCreation() {
		Limit size = new Limit(GroupSettings.LIMIT, 0);
		AtomicBoolean first = new AtomicBoolean(true);
		Groups clusterGroups = new Groups((name, onClose) -> {
			LocalGroup created = new LocalGroup(name, this.sessions.payloads,
					new GroupSettings(size, MergedRoutes.NONE), this.sessions.timers, onClose);
			if (first.getAndSet(false)) {
				created.close();
			}
			return created;
		}, size);
		assertThat(clusterGroups.create("lobby").isClosed()).isTrue();
		assertThat(clusterGroups.get("lobby").isClosed()).isFalse();
	}

	@Test
	void theViewOfAllGroupsIsUnmodifiable() {
		this.groups.create("lobby");
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> this.groups.all().clear());
	}

	@Test
	void groupsMayBeClosedDuringIteration() {
		for (int i = 0; i < 10; i++) {
			this.groups.create("room" + i);
		}
		this.groups.all().forEach(Group::close);
		assertThat(this.groups.count()).isZero();
	}

}
