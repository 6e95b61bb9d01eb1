package io.nanogame.client;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.IntStream;

import io.nanogame.client.Game.Words;
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

/** Listening to pushes of this project's server. */
class PushTests {

	private static final Duration SOON = Duration.ofSeconds(20);

	private static NanoClient connected(NanoClientBuilder builder) {
		NanoClient client = builder.build();
		client.connect().block(SOON);
		return client;
	}

	@Test
	void pushesReachListenersAndFluxInTheirOrder() {
		try (Game game = new Game(); NanoClient client = connected(game.webSocket())) {
			ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
			ConcurrentLinkedQueue<String> flowed = new ConcurrentLinkedQueue<>();
			Disposable listening = client.on("onWords", Words.class, (push) -> heard.add(push.words()));
			client.on("onWords", Integer.class, (push) -> heard.add("not an integer"));
			client.on("onWords", Words.class, (push) -> {
				throw new IllegalStateException("a listener that fails");
			});
			client.pushes("onWords", Words.class).map(Words::words).subscribe(flowed::add);
			client.call("test.join", null, Void.class);
			List<String> all = IntStream.range(0, 50).mapToObj(Integer::toString).toList();
			all.forEach((words) -> game.lobby.broadcast("onWords", new Words(words)));
			await().until(() -> flowed.size() == 50);
			assertThat(heard).containsExactlyElementsOf(all);
			assertThat(flowed).containsExactlyElementsOf(all);
			listening.dispose();
			game.lobby.broadcast("onWords", new Words("unheard"));
			await().until(() -> flowed.size() == 51);
			assertThat(heard).hasSize(50);
		}
	}

	@Test
	void whoListensToAnyHearsAllAsTheyCome() {
		try (Game game = new Game(); NanoClient client = connected(game.tcp())) {
			ConcurrentLinkedQueue<String> heard = new ConcurrentLinkedQueue<>();
			Disposable listening = client.onAny((route, body) -> heard.add(route + new String(body, UTF_8)));
			client.call("test.join", null, Void.class);
			game.lobby.broadcast("onWords", new Words("one"));
			game.lobby.broadcast("onOther", 2);
			await().until(() -> heard.size() == 2);
			assertThat(heard).containsExactly("onWords{\"words\":\"one\"}", "onOther2");
			listening.dispose();
			game.lobby.broadcast("onWords", new Words("unheard"));
			client.call("test.echo", "x", String.class);
			assertThat(heard).hasSize(2);
		}
	}

	@Test
	void aFluxOfPushesEndsWithTheClient() {
		try (Game game = new Game()) {
			NanoClient client = connected(game.tcp());
			CompletableFuture<List<Words>> all = client.pushes("onWords", Words.class).collectList().toFuture();
			client.call("test.join", null, Void.class);
			game.lobby.broadcast("onWords", new Words("one"));
			client.call("test.echo", null, Void.class);
			client.close();
			assertThat(all).succeedsWithin(SOON).asInstanceOf(LIST).containsExactly(new Words("one"));
		}
	}

	@Test
	void aFluxFailsBehindThePushesThatItsSubscriberDidNotTakeInTime() {
		try (Game game = new Game(); NanoClient client = connected(game.tcp().maxBufferedPushes(2))) {
			List<Words> taken = new CopyOnWriteArrayList<>();
			CompletableFuture<Throwable> failure = new CompletableFuture<>();
			BaseSubscriber<Words> slow = new BaseSubscriber<>() {

				@Override
				protected void hookOnSubscribe(Subscription subscription) {
					request(1);
				}

				@Override
				protected void hookOnNext(Words push) {
					taken.add(push);
				}

				@Override
				protected void hookOnError(Throwable throwable) {
					failure.complete(throwable);
				}

			};
			client.pushes("onWords", Words.class).subscribe(slow);
			client.call("test.join", null, Void.class);
			for (int i = 0; i < 10; i++) {
				game.lobby.broadcast("onWords", new Words("much"));
			}
			client.call("test.echo", null, Void.class);
			assertThat(taken).hasSize(1);
			slow.requestUnbounded();
			assertThat(failure).succeedsWithin(SOON)
				.matches(Exceptions::isOverflow)
				.asInstanceOf(InstanceOfAssertFactories.THROWABLE)
				.hasMessageContaining("NanoClientBuilder.maxBufferedPushes");
			assertThat(taken).hasSize(1 + 2);
		}
	}

}
