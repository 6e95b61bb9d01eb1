package io.nanogame.sample.arena;

import javax.sql.DataSource;

import io.nanogame.spring.room.Rooms;
import org.junit.jupiter.api.Test;

import org.springframework.beans.factory.annotation.Autowired;
import org.springframework.boot.test.context.SpringBootTest;
import org.springframework.context.ApplicationContext;
import org.springframework.test.context.ActiveProfiles;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Tests that a gate has neither rooms nor a database. {@code ./scripts/cluster arena}
 * runs gates with other nodes.
 */
@SpringBootTest(properties = { "nano.server.port=0", "nano.cluster.enabled=false" })
@ActiveProfiles("gate")
class GateTests {

	@Test
	void aGateFindsRoomsAndHasNone(@Autowired ApplicationContext gate) {
		assertThat(gate.getBeanNamesForType(Rooms.class)).isNotEmpty();
		assertThat(gate.getBeanNamesForType(Arena.class)).isEmpty();
		assertThat(gate.getBeanNamesForType(DataSource.class)).isEmpty();
	}

}
