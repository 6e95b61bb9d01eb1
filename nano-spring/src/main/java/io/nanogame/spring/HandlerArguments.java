package io.nanogame.spring;

import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

import io.nanogame.serialize.PayloadReader;
import io.nanogame.serialize.Payloads;
import org.jspecify.annotations.Nullable;

/**
 * The binding of the arguments of one handler.
 *
 * @param binders one binder for each parameter, in their order
 * @param readers creates readers of the payload; null when the handler takes none
 * @param check validates all arguments together before the handler is called, and throws
 * the failure of the request; null when there is nothing to validate
 */
record HandlerArguments(List<ArgumentBinder> binders, @Nullable Function<Payloads, PayloadReader> readers,
		@Nullable Consumer<@Nullable Object[]> check) {

	/** Creates the reader of the payload; null when the handler takes none. */
	@Nullable PayloadReader reader(Payloads payloads) {
		return (this.readers != null) ? this.readers.apply(payloads) : null;
	}

}
