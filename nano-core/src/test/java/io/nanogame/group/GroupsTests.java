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
			.withMessage("There is a group 'lobby' already; close it first or use get");
		assertThat(this.groups.find("lobby")).containsSame(lobby);
	}

	@Test
	void aGroupThatIsGotIsMadeWhenThereIsNone() {
		Group lobby = this.groups.get("lobby");
		assertThat(this.groups.get("lobby")).isSameAs(lobby);
		assertThat(lobby.name()).isEqualTo("lobby");
	}

	@Test
	void aNameThatIsTooLongIsNoGroups() {
		String name = "x".repeat(8193);
		assertThatIllegalArgumentException().isThrownBy(() -> this.groups.create(name))
			.withMessage("The name of a group must not be longer than 8192 characters, and this one has 8193");
		assertThatIllegalArgumentException().isThrownBy(() -> this.groups.get(name));
		assertThat(this.groups.count()).isZero();
	}

	@Test
	void whatIsOnlyLookedForIsNotMade() {
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
	void aNameIsFreeAgainWhenItsGroupIsClosed() {
		Group first = this.groups.create("lobby");
		first.close();
		Group second = this.groups.create("lobby");
		assertThat(second).isNotSameAs(first);
		assertThat(second.isClosed()).isFalse();
		assertThatExceptionOfType(GroupAlreadyClosedException.class).isThrownBy(first::close);
		assertThat(this.groups.find("lobby")).as("a late close of the first harms no other").containsSame(second);
	}

	@Test
	void aNameIsFreeAgainWhenAnotherNodeClosedItsGroupWhileItWasMade() {
		Limit size = new Limit(Groups.LIMIT, 0);
		AtomicBoolean first = new AtomicBoolean(true);
		Groups ofACluster = new Groups((name, onClose) -> {
			LocalGroup made = new LocalGroup(name, this.sessions.payloads, size, this.sessions.timers, onClose);
			if (first.getAndSet(false)) {
				made.close();
			}
			return made;
		}, size);
		assertThat(ofACluster.create("lobby").isClosed()).isTrue();
		assertThat(ofACluster.get("lobby").isClosed()).isFalse();
	}

	@Test
	void allGroupsCannotBeChangedFromOutside() {
		this.groups.create("lobby");
		assertThatExceptionOfType(UnsupportedOperationException.class).isThrownBy(() -> this.groups.all().clear());
	}

	@Test
	void groupsMayBeClosedWhileOneLooksAtThemAll() {
		for (int i = 0; i < 10; i++) {
			this.groups.create("room" + i);
		}
		this.groups.all().forEach(Group::close);
		assertThat(this.groups.count()).isZero();
	}

}
