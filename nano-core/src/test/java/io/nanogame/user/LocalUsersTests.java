package io.nanogame.user;

import java.util.List;

import io.nanogame.serialize.SerializationException;
import io.nanogame.session.CloseReason;
import io.nanogame.session.Session;
import io.nanogame.session.TestSessions;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

class LocalUsersTests {

	private final TestSessions sessions = new TestSessions();

	private final Users users = new LocalUsers(this.sessions.listed, this.sessions.payloads);

	private final Session ann = bound("ann");

	private final Session annAgain = bound("ann");

	private final Session bob = bound("bob");

	private Session bound(String uid) {
		Session session = this.sessions.open();
		session.bind(uid);
		return session;
	}

	private static List<String> sent(Session session) {
		return TestSessions.connection(session).sent();
	}

	@Test
	void aPushReachesAllSessionsOfAPlayer() {
		this.users.push("ann", "onNews", 1);
		this.users.push("nobody", "onNews", 2);
		assertThat(sent(this.ann)).containsExactly("push onNews 1");
		assertThat(sent(this.annAgain)).containsExactly("push onNews 1");
		assertThat(sent(this.bob)).isEmpty();
	}

	@Test
	void aPushReachesAllItsPlayers() {
		this.users.push(List.of("ann", "bob", "nobody"), "onNews", 1);
		assertThat(sent(this.ann)).containsExactly("push onNews 1");
		assertThat(sent(this.bob)).containsExactly("push onNews 1");
	}

	@Test
	void aPayloadThatCannotBeWrittenFailsAlsoForAPlayerThatIsNotConnected() {
		assertThatExceptionOfType(SerializationException.class)
			.isThrownBy(() -> this.users.push("nobody", "onNews", new Object() {

				@SuppressWarnings("unused")
				public int getNumber() {
					throw new IllegalStateException("expected by this test");
				}

			}));
	}

	@Test
	void aKickClosesAllSessionsOfAPlayer() {
		this.users.kick("ann", "enough");
		assertThat(this.ann.closeReason()).isEqualTo(CloseReason.kick("enough"));
		assertThat(this.annAgain.isOpen()).isFalse();
		assertThat(this.bob.isOpen()).isTrue();
	}

	@Test
	void aPlayerIsFoundByUid() {
		assertThat(this.users.find("ann").toCompletableFuture()).isCompletedWithValueMatching(
				(ids) -> List.of(this.ann.id(), this.annAgain.id()).containsAll(ids) && ids.size() == 2);
		assertThat(this.users.find("nobody").toCompletableFuture()).isCompletedWithValue(List.of());
	}

}
