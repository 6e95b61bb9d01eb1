package io.nanogame.sample.chat;

import java.net.Socket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import io.nanogame.boot.test.LocalNanoPort;
import io.nanogame.test.RawJsonClient;
import org.junit.jupiter.api.Test;

import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.boot.test.context.SpringBootTest.WebEnvironment;
import org.springframework.boot.test.web.server.LocalServerPort;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The chat without a client library: the lines of the README on a socket, and a WebSocket
 * of the JDK on both ports.
 */
@SpringBootTest(classes = ChatApplication.class, webEnvironment = WebEnvironment.RANDOM_PORT,
		properties = "nano.server.address=127.0.0.1")
class RawToolsTests {

	private static final Pattern NC = Pattern.compile("(?s)nc localhost 3250\n(.*?\n)(.*?\n)```");

	@Test
	void theLinesOfTheReadmeAreAChat(@LocalNanoPort int port) throws Exception {
		Matcher readme = NC.matcher(Files.readString(Path.of("..", "README.md")));
		assertThat(readme.find()).isTrue();
		try (RawJsonClient nc = RawJsonClient.tcp(new Socket("127.0.0.1", port))) {
			nc.send(readme.group(1).strip());
			assertThat(next(nc)).isEqualTo("{\"route\":\"onMembers\",\"body\":{\"members\":[]}}");
			assertThat(next(nc)).isEqualTo("{\"id\":1,\"body\":{\"code\":0,\"result\":\"success\"}}");
			nc.send(readme.group(2).strip());
			assertThat(next(nc))
				.isEqualTo("{\"route\":\"onMessage\",\"body\":{\"name\":\"Nell\",\"content\":\"hello\"}}");
		}
	}

	private static String next(RawJsonClient client) {
		String next;
		do {
			next = client.read();
		}
		while (next.contains("onTraffic"));
		return next;
	}

	@Test
	void aPageNeedsNoLibrary(@LocalNanoPort int gamePort, @LocalServerPort int webPort) throws Exception {
		for (int port : new int[] { gamePort, webPort }) {
			Page page = new Page();
			WebSocket socket = HttpClient.newHttpClient()
				.newWebSocketBuilder()
				.buildAsync(URI.create("ws://127.0.0.1:" + port + "/nano"), page)
				.get(10, TimeUnit.SECONDS);
			socket.sendText("{\"route\":\"room.join\",\"id\":1,\"body\":{\"name\":\"\u00c9mile \ud83d\ude00\",", false)
				.thenCompose((sent) -> sent.sendText("\"room\":\"r" + port + "\"}}", true));
			assertThat(page.next()).isEqualTo("{\"route\":\"onMembers\",\"body\":{\"members\":[]}}");
			assertThat(page.next()).isEqualTo("{\"id\":1,\"body\":{\"code\":0,\"result\":\"success\"}}");
			socket.sendText("{\"route\":\"room.leave\"}", true);
			assertThat(page.next()).isEqualTo("{\"kick\":{\"reason\":\"left the room\"}}");
			assertThat(page.next()).isEqualTo("1000");
		}
	}

	/** What a page has read. */
	private static final class Page implements WebSocket.Listener {

		private final BlockingQueue<String> read = new LinkedBlockingQueue<>();

		private final StringBuilder text = new StringBuilder();

		@Override
		public CompletionStage<?> onText(WebSocket socket, CharSequence data, boolean last) {
			this.text.append(data);
			if (last) {
				this.read.add(this.text.toString());
				this.text.setLength(0);
			}
			socket.request(1);
			return null;
		}

		@Override
		public CompletionStage<?> onClose(WebSocket socket, int code, String reason) {
			this.read.add(Integer.toString(code));
			return null;
		}

		/**
		 * Returns the next message, except reports of traffic, which may come at any
		 * time.
		 */
		String next() throws InterruptedException {
			String next;
			do {
				next = this.read.poll(10, TimeUnit.SECONDS);
				assertThat(next).isNotNull();
			}
			while (next.contains("onTraffic"));
			return next;
		}

	}

}
