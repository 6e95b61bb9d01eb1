package io.nanogame.spring.room;

import org.junit.jupiter.api.Test;

import org.springframework.aot.hint.MemberCategory;
import org.springframework.aot.hint.ReflectionHints;
import org.springframework.aot.hint.TypeReference;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * The hints of rooms for native images.
 */
class RoomReflectionTests {

	private final ReflectionHints hints = new ReflectionHints();

	@Test
	void theStateIsCreatedAndReadByReflection() {
		new RoomReflection().registerReflectionHints(this.hints, Chess.class);
		assertThat(this.hints.getTypeHint(TypeReference.of(Board.class)).getMemberCategories())
			.contains(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS, MemberCategory.ACCESS_DECLARED_FIELDS);
	}

	@Test
	void aRoomWithoutAStateNeedsNone() {
		new RoomReflection().registerReflectionHints(this.hints, Plain.class);
		assertThat(this.hints.typeHints()).isEmpty();
	}

	@Test
	void whatAMovedRoomSavesIsCreatedAndReadByReflection() {
		new RoomReflection().registerReflectionHints(this.hints, Movable.class);
		assertThat(this.hints.getTypeHint(TypeReference.of(Board.class)).getMemberCategories())
			.contains(MemberCategory.INVOKE_DECLARED_CONSTRUCTORS, MemberCategory.ACCESS_DECLARED_FIELDS);
	}

	@GameRoom(value = "movable", seats = 2)
	static class Movable implements MovableRoom<Board> {

		@Override
		public Board save() {
			return new Board();
		}

		@Override
		public void restore(Board saved) {
		}

	}

	@GameRoom(value = "chess", seats = 2)
	static class Chess {

		Chess(Room<Board> room) {
		}

	}

	@GameRoom(value = "plain", seats = 2)
	static class Plain {

	}

	static class Board {

		int moves;

	}

}
