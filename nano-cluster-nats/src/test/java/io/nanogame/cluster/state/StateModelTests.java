package io.nanogame.cluster.state;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Random;

import org.junit.jupiter.api.Test;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * An owner and two copies, with random changes on all of them and random losses between
 * them. Each direction keeps its order. After the losses have been noticed, all have the
 * same state, and no change of a copy is forgotten.
 */
class StateModelTests {

	private static final int SCHEDULES = Integer.getInteger("model.schedules", 20_000);

	private static final long FIRST_SEED = Long.getLong("model.seed", 1);

	private static final int STEPS = 60;

	/** Until all agree; a storm has more. */
	private static final int MAX_MESSAGES = 500;

	private static final List<String> PROPERTIES = List.of("uid", "login", "color");

	@Test
	void allNodesAgreeAfterTheLosses() {
		for (long seed = FIRST_SEED; seed < FIRST_SEED + SCHEDULES; seed++) {
			new Schedule(new Random(seed)).run("seed " + seed);
		}
	}

	private static final class Schedule {

		private final Random random;

		private final Owner owner = new Owner();

		private final List<Copy> copies = new ArrayList<>();

		private int lastValue;

		private double loss;

		Schedule(Random random) {
			this.random = random;
			this.loss = random.nextDouble() * 0.5;
			for (String name : List.of("first", "second")) {
				this.copies.add(new Copy(name));
			}
		}

		private void run(String seed) {
			for (int i = 0; i < STEPS; i++) {
				step();
			}
			this.loss = 0;
			// Each node notices that it has missed messages.
			this.copies.forEach(Copy::probe);
			int messages = 0;
			while (this.copies.stream().anyMatch(Copy::deliverOne)) {
				assertThat(++messages).as(seed).isLessThan(MAX_MESSAGES);
			}
			for (Copy copy : this.copies) {
				assertThat(copy.values).as("%s, %s", seed, copy.name).isEqualTo(this.owner.values);
				assertThat(this.owner.state.isCurrent(copy.name, copy.state.version(), copy.state.changes())).as(seed)
					.isTrue();
				assertThat(this.owner.applied.get(copy.name)).as("last changes of %s, %s", copy.name, seed)
					.containsAllEntriesOf(copy.lastChanges);
			}
		}

		private void step() {
			Copy copy = this.copies.get(this.random.nextInt(this.copies.size()));
			switch (this.random.nextInt(6)) {
				case 0 -> this.owner.change(property(), ++this.lastValue);
				case 1, 2 -> copy.change(property(), ++this.lastValue);
				case 3 -> copy.probe();
				default -> copy.deliverOne();
			}
		}

		private String property() {
			return PROPERTIES.get(this.random.nextInt(PROPERTIES.size()));
		}

		private void send(Queue<Runnable> channel, Runnable message) {
			if (this.random.nextDouble() >= this.loss) {
				channel.add(message);
			}
		}

		private final class Owner {

			private final OwnedState state = new OwnedState();

			private final Map<String, Integer> values = new HashMap<>();

			/** The last value that each copy has given to each property. */
			private final Map<String, Map<String, Integer>> applied = new HashMap<>(
					Map.of("first", new HashMap<>(), "second", new HashMap<>()));

			void change(String property, int value) {
				apply(property, value, "", 0);
			}

			private void apply(String property, int value, String origin, long number) {
				this.values.put(property, value);
				long version = this.state.next();
				for (Copy copy : Schedule.this.copies) {
					long own = copy.name.equals(origin) ? number : 0;
					send(copy.fromOwner, () -> copy.receive(version, own, property, value));
				}
			}

			void receive(Copy copy, ChangeNumber number, String property, int value) {
				switch (this.state.receive(copy.name, number)) {
					case APPLY -> {
						Integer before = this.applied.get(copy.name).put(property, value);
						assertThat(value).as("repeated after a newer change")
							.isGreaterThan((before != null) ? before : 0);
						apply(property, value, copy.name, number.number());
					}
					case SNAPSHOT -> sendSnapshot(copy);
					case IGNORE -> {
					}
				}
			}

			void probed(Copy copy, long version, long changes) {
				if (!this.state.isCurrent(copy.name, version, changes)) {
					sendSnapshot(copy);
				}
			}

			private void sendSnapshot(Copy copy) {
				Map<String, Integer> snapshot = Map.copyOf(this.values);
				long version = this.state.version();
				long accepted = this.state.accepted(copy.name);
				send(copy.fromOwner, () -> copy.receiveSnapshot(version, accepted, snapshot));
			}

		}

		private final class Copy {

			private final String name;

			private final CopiedState state = new CopiedState(0, 0);

			private final Map<String, Integer> values = new HashMap<>();

			private final Map<String, Integer> lastChanges = new HashMap<>();

			private final Queue<Runnable> fromOwner = new ArrayDeque<>();

			private final Queue<Runnable> toOwner = new ArrayDeque<>();

			Copy(String name) {
				this.name = name;
			}

			void change(String property, int value) {
				this.lastChanges.put(property, value);
				this.values.put(property, value);
				ChangeNumber number = this.state.change(property);
				send(this.toOwner, () -> Schedule.this.owner.receive(this, number, property, value));
			}

			void receive(long version, long own, String property, int value) {
				switch (this.state.receive(version, own, property)) {
					case APPLY, CONFIRM -> this.values.put(property, value);
					case PROBE -> probe();
					case IGNORE -> {
					}
				}
			}

			void probe() {
				long version = this.state.version();
				long changes = this.state.changes();
				send(this.toOwner, () -> Schedule.this.owner.probed(this, version, changes));
			}

			void receiveSnapshot(long version, long accepted, Map<String, Integer> snapshot) {
				Map<String, Integer> before = Map.copyOf(this.values);
				this.values.clear();
				this.values.putAll(snapshot);
				for (String property : this.state.receiveSnapshot(version, accepted)) {
					int value = before.get(property);
					this.values.put(property, value);
					ChangeNumber number = this.state.repeat(property);
					send(this.toOwner, () -> Schedule.this.owner.receive(this, number, property, value));
				}
			}

			boolean deliverOne() {
				Queue<Runnable> channel = Schedule.this.random.nextBoolean() ? this.fromOwner : this.toOwner;
				Runnable message = channel.isEmpty()
						? ((channel == this.fromOwner) ? this.toOwner : this.fromOwner).poll() : channel.poll();
				if (message != null) {
					message.run();
				}
				return message != null;
			}

		}

	}

}
