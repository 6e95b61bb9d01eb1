package io.nanogame.sample.arena;

import java.time.Duration;
import java.util.Set;

import io.nanogame.session.Sessions;
import io.nanogame.test.CuttableNetwork;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests the page with two windows, a phone, a spectator and an admin.
 */
@SpringBootTest(webEnvironment = WebEnvironment.RANDOM_PORT, properties = { "nano.server.port=0", "nano.heartbeat=1s" })
class ArenaPageTests {

	@Value("http://127.0.0.1:${local.server.port}/")
	private String url;

	@Value("${local.server.port}")
	private int port;

	@AfterEach
	void awaitEndOfSessions(@Autowired Sessions sessions) {
		Awaitility.await().until(() -> sessions.count() == 0);
	}

	@Test
	void playersOnDesktopsAndAPhoneMeet() {
		try (Gamer ann = new Gamer("Ann"); Gamer bob = new Gamer("Bob"); Gamer cid = new Gamer("Cid").onPhone()) {
			ann.logIn(this.url).join("play-bots");
			bob.logIn(this.url).join("play");
			cid.logIn(this.url).join("play");
			assertThat(bob.room()).isEqualTo(ann.room());
			assertThat(cid.room()).isEqualTo(ann.room());

			ann.press(Keys.ARROW_LEFT);
			bob.await("Ann at the left border", () -> bob.number("fighters.Ann.x") == 0);
			cid.drag(0, 60);
			bob.await("Cid at the lower border", () -> bob.number("fighters.Cid.y") == ArenaState.SIZE - 1);
			ann.release(Keys.ARROW_LEFT);
			ann.press(Keys.ARROW_RIGHT);
			bob.await("Ann in the middle", () -> bob.number("fighters.Ann.x") > ArenaState.SIZE / 2);
			ann.release(Keys.ARROW_RIGHT);

			ann.chat("Hello Cid, <b>is this bold</b>?");
			cid.awaitText("messages", "Hello Cid, <b>is this bold</b>?");
			cid.chat("No.");
			ann.awaitText("messages", "Cid No.");
			ann.picture("arena.png");
			cid.picture("arena-phone.png");
		}
	}

	@Test
	void aPlayerWithoutNetworkForTenSecondsKeepsItsPlace() throws Exception {
		try (CuttableNetwork network = new CuttableNetwork(this.port);
				Gamer ann = new Gamer("Ann");
				Gamer bob = new Gamer("Bob")) {
			ann.logIn("http://127.0.0.1:" + network.port()).join("play");
			bob.logIn(this.url).join("play");
			ann.press(Keys.ARROW_UP);
			bob.await("Ann at the upper border", () -> bob.number("fighters.Ann.y") == 0);
			ann.release(Keys.ARROW_UP);
			long x = bob.number("fighters.Ann.x");
			String room = ann.room();

			network.lose();
			ann.awaitState("reconnecting");
			bob.await("Ann is away", () -> bob.state("fighters.Ann.away").equals(true));
			bob.chat("Where are you?");
			bob.picture("arena-away.png");
			bob.awaitTimer(Duration.ofSeconds(10));

			network.restore();
			ann.awaitState("connected");
			ann.awaitText("messages", "Where are you?");
			bob.await("Ann is back", () -> bob.state("fighters.Ann.away").equals(false));
			assertThat(ann.room()).isEqualTo(room);
			assertThat(ann.number("fighters.Ann.x")).isEqualTo(x);
			ann.press(Keys.ARROW_DOWN);
			bob.await("Ann moves", () -> bob.number("fighters.Ann.y") > 0);
		}
	}

	@Test
	void aSpectatorFollowsALinkAndAnAdminClosesTheRoom() {
		try (Gamer ann = new Gamer("Ann"); Gamer eve = new Gamer("Eve"); Gamer max = new Gamer("Max")) {
			ann.logIn(this.url).join("play-bots");
			eve.logIn(ann.watchLink()).awaitPlaying();
			assertThat(eve.room()).isEqualTo(ann.room());
			assertThat(eve.fighters()).isEqualTo(Set.of("Ann", "bot 1", "bot 2", "bot 3"));
			eve.chat("Well done!");
			ann.awaitText("messages", "Eve Well done!");

			max.logInAsAdmin(this.url).awaitText("rooms", "1 of 4 players, 1 watching");
			max.picture("arena-lobby.png");
			max.driver().findElement(By.cssSelector("#rooms button:last-child")).click();
			ann.awaitLobby();
			ann.awaitText("problem", "closed by an admin");
			eve.awaitText("problem", "closed by an admin");
			max.awaitText("best", "Ann");
		}
	}

	@Test
	void aReloadedPageReturnsToItsRoomAndANewerWindowTakesThePlace() {
		try (Gamer ann = new Gamer("Ann"); Gamer bob = new Gamer("Bob"); Gamer again = new Gamer("Ann")) {
			ann.logIn(this.url).join("play");
			bob.logIn(this.url).join("play");
			bob.reload();
			bob.awaitPlaying();
			assertThat(bob.room()).isEqualTo(ann.room());

			again.logIn(this.url).join("play");
			assertThat(again.room()).isEqualTo(bob.room());
			ann.awaitText("problem", "another session");
			assertThat(again.fighters()).isEqualTo(Set.of("Ann", "Bob"));
		}
	}

}
