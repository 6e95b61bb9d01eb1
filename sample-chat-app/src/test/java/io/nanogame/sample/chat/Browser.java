package io.nanogame.sample.chat;

import java.io.File;
import java.time.Duration;
import java.util.List;
import java.util.function.Predicate;
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
 * A Chromium browser with the chat page.
 */
final class Browser implements AutoCloseable {

	private static final List<String> CHROMIUMS = List.of("chromium", "chromium-browser", "google-chrome");

	private final ChromeDriver driver;

	Browser() {
		ChromeDriverService service = new ChromeDriverService.Builder().usingDriverExecutable(inPath("chromedriver"))
			.build();
		ChromeOptions options = new ChromeOptions();
		options.setBinary(CHROMIUMS.stream()
			.flatMap(Browser::find)
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

	Browser open(String url) {
		this.driver.get(url);
		return this;
	}

	Browser join(String name, String room) {
		type("name", name);
		type("room", room);
		click("join");
		awaitState("connected");
		return this;
	}

	void send(String text) {
		type("message", text);
		click("send");
	}

	void type(String id, String text) {
		WebElement field = this.driver.findElement(By.id(id));
		field.clear();
		field.sendKeys(text);
	}

	void click(String id) {
		this.driver.findElement(By.id(id)).click();
	}

	void reload() {
		this.driver.navigate().refresh();
	}

	void offline(boolean offline) {
		ChromiumNetworkConditions conditions = new ChromiumNetworkConditions();
		conditions.setOffline(offline);
		this.driver.setNetworkConditions(conditions);
	}

	void awaitState(String state) {
		await("state " + state,
				(page) -> state.equals(page.driver.findElement(By.id("state")).getDomAttribute("data-state")));
	}

	void awaitText(String id, String text) {
		await("'" + text + "' in #" + id, (page) -> page.text(id).contains(text));
	}

	/**
	 * Waits for a timer of the page that starts now. Timers of the page that started
	 * earlier with the same delay have run then.
	 */
	void awaitTimer(Duration delay) {
		this.driver.executeAsyncScript("setTimeout(arguments[1], arguments[0])", delay.toMillis());
	}

	List<String> members() {
		return texts("#members li");
	}

	List<String> authors() {
		return texts("#messages li .author");
	}

	List<String> messages() {
		return texts("#messages li .text");
	}

	String text(String id) {
		return this.driver.findElement(By.id(id)).getText();
	}

	private List<String> texts(String selector) {
		return this.driver.findElements(By.cssSelector(selector)).stream().map(WebElement::getText).toList();
	}

	void await(String what, Predicate<Browser> condition) {
		new WebDriverWait(this.driver, Duration.ofSeconds(20)).withMessage(what)
			.ignoring(StaleElementReferenceException.class)
			.until((ignored) -> condition.test(this));
	}

	byte[] screenshot() {
		return this.driver.getScreenshotAs(OutputType.BYTES);
	}

	@Override
	public void close() {
		this.driver.quit();
	}

}
