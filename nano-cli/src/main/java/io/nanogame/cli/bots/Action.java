package io.nanogame.cli.bots;

import java.util.ArrayList;
import java.util.List;

import io.nanogame.cli.bots.Step.Await;

/**
 * A step, and the pushes that the script awaits after it. They may arrive before the step
 * is done.
 *
 * @param step the step
 * @param awaited the pushes awaited after it
 */
record Action(Step step, List<Await> awaited) {

	static List<Action> of(List<Step> steps) {
		List<Action> actions = new ArrayList<>();
		int i = 0;
		while (i < steps.size()) {
			Step first = steps.get(i++);
			List<Await> awaited = new ArrayList<>();
			while (i < steps.size() && steps.get(i) instanceof Await await) {
				awaited.add(await);
				i++;
			}
			actions.add(new Action(first, awaited));
		}
		return actions;
	}

}
