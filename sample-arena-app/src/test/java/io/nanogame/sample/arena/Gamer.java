package io.nanogame.sample.arena;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

import io.nanogame.test.Chromium;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.interactions.Actions;
import org.openqa.selenium.interactions.PointerInput;
import org.openqa.selenium.interactions.PointerInput.Kind;
import org.openqa.selenium.interactions.PointerInput.MouseButton;
import org.openqa.selenium.interactions.PointerInput.Origin;
import org.openqa.selenium.interactions.Sequence;

/**
 * A browser with the page of the arena.
 */
final class Gamer extends Chromium {

	private final String name;

	Gamer(String name) {
		this.name = name;
	}

	/** Makes the browser that of a phone. */
	Gamer onPhone() {
		driver().executeCdpCommand("Emulation.setDeviceMetricsOverride",
				Map.of("width", 390, "height", 844, "deviceScaleFactor", 2, "mobile", true));
		driver().executeCdpCommand("Emulation.setTouchEmulationEnabled", Map.of("enabled", true));
		return this;
	}

	Gamer logIn(String url) {
		get(url);
		type("name", this.name);
		click("enter");
		awaitState("connected");
		return this;
	}

	Gamer logInAsAdmin(String url) {
		get(url);
		click("admin");
		type("name", this.name);
		click("enter");
		awaitState("connected");
		return this;
	}

	Gamer join(String button) {
		click(button);
		awaitPlaying();
		return this;
	}

	void awaitPlaying() {
		await("the game", () -> element("game").isDisplayed());
	}

	void awaitLobby() {
		await("the lobby", () -> element("lobby").isDisplayed());
	}

	void chat(String text) {
		type("message", text);
		click("send");
	}

	void press(Keys key) {
		new Actions(driver()).keyDown(key).perform();
	}

	void release(Keys key) {
		new Actions(driver()).keyUp(key).perform();
	}

	/** Drags a finger over the field, and leaves it there. */
	void drag(int x, int y) {
		PointerInput finger = new PointerInput(Kind.TOUCH, "finger");
		Sequence drag = new Sequence(finger, 0)
			.addAction(finger.createPointerMove(Duration.ZERO, Origin.fromElement(element("field")), 0, 0))
			.addAction(finger.createPointerDown(MouseButton.LEFT.asArg()))
			.addAction(finger.createPointerMove(Duration.ofMillis(100), Origin.pointer(), x, y));
		driver().perform(List.of(drag));
	}

	/**
	 * Returns a value of this page's copy of the state, such as {@code fighters.Ann.x}.
	 */
	Object state(String path) {
		Object value = driver()
			.executeScript("return import('/arena.js').then(({ game }) => game.room.state." + path + ")");
		return Objects.requireNonNull(value, path);
	}

	long number(String path) {
		return ((Number) state(path)).longValue();
	}

	Set<?> fighters() {
		return ((Map<?, ?>) state("fighters")).keySet();
	}

	String room() {
		return String.valueOf(driver().executeScript("return import('/arena.js').then(({ game }) => game.room.id)"));
	}

	String watchLink() {
		return String.valueOf(element("watch-link").getDomProperty("href"));
	}

	private WebElement element(String id) {
		return driver().findElement(By.id(id));
	}

	/** Leaves the page, which ends its session, and closes the browser. */
	@Override
	public void close() {
		get("about:blank");
		super.close();
	}

	void picture(String file) {
		try {
			Files.write(Path.of("target", file), screenshot());
		}
		catch (IOException ex) {
			throw new UncheckedIOException(ex);
		}
	}

}
