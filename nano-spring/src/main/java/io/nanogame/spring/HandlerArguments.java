package io.nanogame.spring;

import java.util.List;
import java.util.function.Consumer;

import io.nanogame.serialize.PayloadReader;
import org.jspecify.annotations.Nullable;

/**
 * The binding of the arguments of one handler.
 *
 * @param binders one binder for each parameter, in their order
 * @param reader reads the payload, or null when the handler takes none
 * @param check validates all arguments together before the handler is called, and throws
 * the failure of the request; null when there is nothing to validate
 */
record HandlerArguments(List<ArgumentBinder> binders, @Nullable PayloadReader reader,
		@Nullable Consumer<@Nullable Object[]> check) {

}
