package io.nanogame.benchmarks.cuts;

import java.nio.file.Path;
import java.time.Duration;

import io.nanogame.benchmarks.cuts.CutCounts.Place;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import static org.assertj.core.api.Assertions.assertThat;

/** A short form of the proof, with clients in Java only. */
class CutsTests {

	@Test
	void eachMessageOfAClientThatIsCutArrivesOnceAndInOrder(@TempDir Path folder) throws Exception {
		CutsResult result = new Cuts(Duration.ofSeconds(5), new Cuts.Crowd(20, 0, 0), 400, Duration.ofMillis(400),
				folder)
			.run(1);
		assertThat(result.complaints()).isEmpty();
		assertThat(result.plantsFound()).isTrue();
		assertThat(result.groups()).singleElement().satisfies((group) -> {
			assertThat(group.toServer().sent()).isPositive();
			assertThat(group.pushes().sent()).isPositive();
			assertThat(group.awayMillis()).isNotEmpty();
		});
		assertThat(result.isExactlyOnce()).isTrue();
		assertThat(result.counts().total()).isGreaterThan(20);
		assertThat(result.counts().of(Place.PACKET)).isPositive();
		assertThat(result.counts().of(Place.REQUEST)).isPositive();
		assertThat(result.hasEnoughCuts(10_000)).isFalse();
	}

}
