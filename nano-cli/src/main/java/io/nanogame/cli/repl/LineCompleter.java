package io.nanogame.cli.repl;

import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListSet;

import org.jline.reader.Candidate;
import org.jline.reader.Completer;
import org.jline.reader.LineReader;
import org.jline.reader.ParsedLine;

/** Completes commands and routes. */
final class LineCompleter implements Completer {

	private final Set<String> routes = new ConcurrentSkipListSet<>();

	void add(Collection<String> more) {
		this.routes.addAll(more);
	}

	@Override
	public void complete(LineReader reader, ParsedLine line, List<Candidate> candidates) {
		if (line.wordIndex() == 0) {
			Commands.NAMES.forEach((name) -> candidates.add(new Candidate(name)));
		}
		else if (line.wordIndex() == 1 && Commands.WITH_ROUTE.contains(line.words().get(0))) {
			this.routes.forEach((route) -> candidates.add(new Candidate(route)));
		}
	}

}
