package io.nanogame.protocol;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

import io.netty.util.concurrent.FastThreadLocalThread;
import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

class LoopResourceTests {

	private final List<String> calls = new CopyOnWriteArrayList<>();

	private final LoopResource<String> resource = new LoopResource<>(() -> {
		this.calls.add("create");
		return "resource";
	}, (object) -> this.calls.add("reset"), (object) -> this.calls.add("release"));

	private void useTwice() {
		this.resource.with((object) -> this.calls.add("use"));
		this.resource.with((object) -> this.calls.add("use"));
	}

	@Test
	void aLoopResetsTheObjectAfterEachUseAndReleasesItAtTheEnd() throws InterruptedException {
		Thread loop = new FastThreadLocalThread(this::useTwice);
		loop.start();
		loop.join();
		assertThat(this.calls).containsExactly("create", "use", "reset", "use", "reset", "release");
	}

	@Test
	void anotherThreadReleasesTheObjectAfterEachUse() throws InterruptedException {
		Thread other = new Thread(this::useTwice);
		other.start();
		other.join();
		assertThat(this.calls).containsExactly("create", "use", "release", "create", "use", "release");
	}

}
