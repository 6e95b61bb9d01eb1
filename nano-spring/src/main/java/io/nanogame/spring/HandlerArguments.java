package io.nanogame.spring;

import java.util.List;

import io.nanogame.serialize.PayloadReader;
import org.jspecify.annotations.Nullable;

/**
 * How the arguments of one handler come about.
 *
 * @param binders one for each parameter, in their order
 * @param reader reads the payload, or null when the handler takes none
 */
record HandlerArguments(List<ArgumentBinder> binders, @Nullable PayloadReader reader) {

}
