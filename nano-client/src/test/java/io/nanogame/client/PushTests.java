package io.nanogame.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import io.nanogame.client.Game.Text;
import org.assertj.core.api.InstanceOfAssertFactories;
import org.junit.jupiter.api.Test;
import org.reactivestreams.Subscription;
import reactor.core.Disposable;
import reactor.core.Exceptions;
import reactor.core.publisher.BaseSubscriber;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.InstanceOfAssertFactories.LIST;
import static org.awaitility.Awaitility.await;

/** Tests of pushes from this project's server. */
class PushTests {

	private static final Duration TIMEOUT = Duration.ofSeconds(20);

	private static NanoClient connected(NanoClientBuilder builder) {
		NanoClient client = builder.build();
		client.connect().block(TIMEOUT);
		return client;
	}

	@Test
	void pushesReachListenersAndFluxInOrder() {
		try (Game game = new Game(); NanoClient client = connected(game.webSocket())) {
			ConcurrentLinkedQueue<String> received = new ConcurrentLinkedQueue<>();
			ConcurrentLinkedQueue<String> flowed = new ConcurrentLinkedQueue<>();
			Disposable listening = client.on("onText", Text.class, (push) -> received.add(push.text()));
			client.on("onText", Integer.class, (push) -> received.add("not an integer"));
			client.on("onText", Text.class, (push) -> {
				throw new IllegalStateException("a listener that fails");
			});
			client.pushes("onText", Text.class).map(Text::text).subscribe(flowed::add);
			client.call("test.join", null, Void.class);
			List<String> all = IntStream.range(0, 50).mapToObj(Integer::toString).toList();
			all.forEach((text) -> game.lobby.broadcast("onText", new Text(text)));
			await().until(() -> flowed.size() == 50);
			assertThat(received).containsExactlyElementsOf(all);
			assertThat(flowed).containsExactlyElementsOf(all);
			listening.dispose();
			game.lobby.broadcast("onText", new Text("unseen"));
			await().until(() -> flowed.size() == 51);
			assertThat(received).hasSize(50);
		}
	}

	@Test
	void aListenerForAllRoutesReceivesEveryPushInOrder() {
		try (Game game = new Game(); NanoClient client = connected(game.tcp())) {
			ConcurrentLinkedQueue<String> received = new ConcurrentLinkedQueue<>();
			Disposable listening = client.onAny((route, body) -> received.add(route + new String(body, UTF_8)));
			client.call("test.join", null, Void.class);
			game.lobby.broadcast("onText", new Text("one"));
			game.lobby.broadcast("onOther", 2);
			await().until(() -> received.size() == 2);
			assertThat(received).containsExactly("onText{\"text\":\"one\"}", "onOther2");
			listening.dispose();
			game.lobby.broadcast("onText", new Text("unseen"));
			client.call("test.echo", "x", String.class);
			assertThat(received).hasSize(2);
		}
	}

	@Test
	void aFluxOfPushesEndsWithTheClient() {
		try (Game game = new Game()) {
			NanoClient client = connected(game.tcp());
			CompletableFuture<List<Text>> all = client.pushes("onText", Text.class).collectList().toFuture();
			client.call("test.join", null, Void.class);
			game.lobby.broadcast("onText", new Text("one"));
			client.call("test.echo", null, Void.class);
			client.close();
			assertThat(all).succeedsWithin(TIMEOUT).asInstanceOf(LIST).containsExactly(new Text("one"));
		}
	}

	@Test
	void aFluxFailsAfterItsBufferedPushesWhenTheBufferOverflows() {
		try (Game game = new Game(); NanoClient client = connected(game.tcp().maxBufferedPushes(2))) {
			List<Text> taken = new CopyOnWriteArrayList<>();
			CompletableFuture<Throwable> failure = new CompletableFuture<>();
			BaseSubscriber<Text> slow = new BaseSubscriber<>() {

				@Override
				protected void hookOnSubscribe(Subscription subscription) {
					request(1);
				}

				@Override
				protected void hookOnNext(Text push) {
					taken.add(push);
				}

				@Override
				protected void hookOnError(Throwable throwable) {
					failure.complete(throwable);
				}

			};
			client.pushes("onText", Text.class).subscribe(slow);
			client.call("test.join", null, Void.class);
			for (int i = 0; i < 10; i++) {
				game.lobby.broadcast("onText", new Text("much"));
			}
			client.call("test.echo", null, Void.class);
			assertThat(taken).hasSize(1);
			slow.requestUnbounded();
			assertThat(failure).succeedsWithin(TIMEOUT)
				.matches(Exceptions::isOverflow)
				.asInstanceOf(InstanceOfAssertFactories.THROWABLE)
				.hasMessageContaining("NanoClientBuilder.maxBufferedPushes");
			assertThat(taken).hasSize(1 + 2);
		}
	}

}
