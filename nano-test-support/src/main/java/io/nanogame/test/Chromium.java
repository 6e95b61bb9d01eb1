package io.nanogame.test;

import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;

import org.openqa.selenium.By;
import org.openqa.selenium.Dimension;
import org.openqa.selenium.OutputType;
import org.openqa.selenium.StaleElementReferenceException;
import org.openqa.selenium.WebElement;
import org.openqa.selenium.chrome.ChromeDriver;
import org.openqa.selenium.chrome.ChromeDriverService;
import org.openqa.selenium.chrome.ChromeOptions;
import org.openqa.selenium.chromium.ChromiumNetworkConditions;
import org.openqa.selenium.support.ui.WebDriverWait;

/**
 * A Chromium browser without a window. Its methods take ids of elements.
 */
public class Chromium implements AutoCloseable {

	private static final List<String> CHROMIUMS = List.of("chromium", "chromium-browser", "google-chrome");

	private final ChromeDriver driver;

	/** Starts a browser of 1000 by 700 pixels. */
	public Chromium() {
		ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(inPath("chromedriver"))
			.build();
		ChromeOptions options = new ChromeOptions();
		options.setBinary(CHROMIUMS.stream()
			.flatMap(Chromium::find)
			.findFirst()
			.orElseThrow(() -> new IllegalStateException("No Chromium is installed; run ./scripts/test")));
		options.addArguments("--headless=new", "--no-sandbox", "--disable-gpu", "--disable-quic", "--no-first-run",
				"--disable-background-networking", "--disable-component-update", "--disable-sync");
		this.driver = new ChromeDriver(service, options);
		this.driver.manage().window().setSize(new Dimension(1000, 700));
	}

	private static File inPath(String program) {
		return find(program).findFirst()
			.orElseThrow(() -> new IllegalStateException(program + " is not installed; run ./scripts/test"));
	}

	private static Stream<File> find(String program) {
		return Stream.of(System.getenv("PATH").split(File.pathSeparator))
			.map((folder) -> new File(folder, program))
			.filter(File::canExecute);
	}

	/** Opens a page. */
	public final void get(String url) {
		this.driver.get(url);
	}

	/** Sets the size of the page in pixels. */
	public final void resize(int width, int height) {
		this.driver.manage().window().setSize(new Dimension(width, height));
	}

	public final void type(String id, String text) {
		WebElement field = this.driver.findElement(By.id(id));
		field.clear();
		field.sendKeys(text);
	}

	public final void click(String id) {
		this.driver.findElement(By.id(id)).click();
	}

	public final void reload() {
		this.driver.navigate().refresh();
	}

	public final void offline(boolean offline) {
		ChromiumNetworkConditions conditions = new ChromiumNetworkConditions();
		conditions.setOffline(offline);
		this.driver.setNetworkConditions(conditions);
	}

	/**
	 * Waits for a timer of the page that starts now. Timers of the page that started
	 * earlier with the same delay have run then.
	 */
	public final void awaitTimer(Duration delay) {
		this.driver.executeAsyncScript("setTimeout(arguments[1], arguments[0])", delay.toMillis());
	}

	public final String text(String id) {
		return this.driver.findElement(By.id(id)).getText();
	}

	/** Returns the texts of the elements of a CSS selector. */
	public final List<String> texts(String selector) {
		return this.driver.findElements(By.cssSelector(selector)).stream().map(WebElement::getText).toList();
	}

	/** Waits for the attribute {@code data-state} of the element {@code state}. */
	public final void awaitState(String state) {
		await("state " + state,
				() -> state.equals(this.driver.findElement(By.id("state")).getDomAttribute("data-state")));
	}

	public final void awaitText(String id, String text) {
		await("'" + text + "' in #" + id, () -> text(id).contains(text));
	}

	/** Waits until a condition is met, for at most 20 seconds. */
	public final void await(String what, BooleanSupplier condition) {
		new WebDriverWait(this.driver, Duration.ofSeconds(20)).withMessage(what)
			.ignoring(StaleElementReferenceException.class)
			.until((ignored) -> condition.getAsBoolean());
	}

	/** Returns the driver, for everything else. */
	public final ChromeDriver driver() {
		return this.driver;
	}

	/** Returns a picture of the page as PNG. */
	public final byte[] screenshot() {
		return this.driver.getScreenshotAs(OutputType.BYTES);
	}

	@Override
	public void close() {
		this.driver.quit();
	}

}
