package io.nanogame.cluster.user;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

import io.nanogame.session.LoginClaim;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The numbered logins of a node.
 */
class LoginLogTests {

	private final Map<String, LoginClaim> claims = new HashMap<>();

	private final LoginLog log = new LoginLog(this.claims::get);

	private void claim(String uid) {
		this.claims.put(uid, new LoginClaim(uid, 1, 1));
		this.log.claimed(uid);
	}

	private static List<String> uids(LoginLog.Page page) {
		return page.claims().stream().map(LoginClaim::uid).toList();
	}

	@Test
	void aPageHasTheLaterClaims() {
		claim("ann");
		claim("bob");
		claim("cat");
		LoginLog.Page page = this.log.after(1);
		assertThat(uids(page)).containsExactly("bob", "cat");
		assertThat(page.upTo()).isEqualTo(3).isEqualTo(this.log.last());
		assertThat(uids(this.log.after(3))).isEmpty();
	}

	@Test
	void aRepeatedClaimIsTheLast() {
		claim("ann");
		claim("bob");
		claim("ann");
		assertThat(uids(this.log.after(0))).containsExactly("bob", "ann");
		assertThat(uids(this.log.after(2))).containsExactly("ann");
	}

	@Test
	void aReleasedUidIsSkipped() {
		claim("ann");
		claim("bob");
		this.claims.remove("bob");
		this.log.released("bob");
		LoginLog.Page page = this.log.after(0);
		assertThat(uids(page)).containsExactly("ann");
		assertThat(page.upTo()).as("number of the released claim").isEqualTo(2);
	}

	@Test
	void aUidThatIsReleasedBeforeItsClaimIsNumberedLeavesNothing() {
		this.log.released("ann");
		this.log.claimed("ann");
		assertThat(this.log.size()).isZero();
		assertThat(this.log.last()).isOne();
		assertThat(this.log.after(0).upTo()).isOne();
	}

	@Test
	void aUidThatAnotherSessionHasClaimedIsNotReleased() {
		claim("ann");
		this.log.released("ann");
		assertThat(uids(this.log.after(0))).containsExactly("ann");
	}

	@Test
	void pagesAreShortAndContainEachClaimOnce() {
		List<String> expected = new ArrayList<>();
		for (int i = 0; i < 3000; i++) {
			expected.add("player " + i);
		}
		for (int i = 0; i < 10; i++) {
			expected.add(i + "x".repeat(8000));
		}
		expected.forEach(this::claim);
		List<String> received = new ArrayList<>();
		long number = 0;
		while (number < this.log.last()) {
			LoginLog.Page page = this.log.after(number);
			assertThat(page.claims()).isNotEmpty().hasSizeLessThanOrEqualTo(1024);
			assertThat(uids(page).stream().mapToInt(String::length).sum()).isLessThanOrEqualTo(16 * 1024);
			received.addAll(uids(page));
			number = page.upTo();
		}
		assertThat(received).isEqualTo(expected);
	}

}
