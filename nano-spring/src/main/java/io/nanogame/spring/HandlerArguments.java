package io.nanogame.spring;

import java.util.List;
import java.util.function.Consumer;

import io.nanogame.serialize.PayloadReader;
import org.jspecify.annotations.Nullable;

/**
 * How the arguments of one handler come about.
 *
 * @param binders one for each parameter, in their order
 * @param reader reads the payload, or null when the handler takes none
 * @param check looks at all arguments together before the handler is called, and throws
 * what is answered instead; null when there is nothing to look at
 */
record HandlerArguments(List<ArgumentBinder> binders, @Nullable PayloadReader reader,
		@Nullable Consumer<@Nullable Object[]> check) {

}
