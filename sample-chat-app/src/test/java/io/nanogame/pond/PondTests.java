package io.nanogame.pond;

// tag::test[]
import java.time.Duration;
import io.nanogame.boot.test.NanoTest;
import io.nanogame.boot.test.room.RoomPlayer;
import io.nanogame.boot.test.room.RoomTester;
import org.junit.jupiter.api.Test;
import org.springframework.beans.factory.annotation.Autowired;

@NanoTest(Pond.class)
class PondTests {

	@Autowired
	private RoomTester rooms;

	@Test
	void aDuckSwims() {
		RoomPlayer ann = this.rooms.join("pond", "ann");
		RoomPlayer bob = this.rooms.join("pond", "bob");
		ann.request("swim", new Pond.Swim(1)).expectResponse();
		this.rooms.advance(Duration.ofSeconds(2));
		bob.expectState("/ducks/ann/x", 2000);
	}

}
// end::test[]
