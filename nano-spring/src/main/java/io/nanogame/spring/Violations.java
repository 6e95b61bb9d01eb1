package io.nanogame.spring;

import org.jspecify.annotations.Nullable;

import org.springframework.validation.AbstractBindingResult;

/**
 * The violations that a validator has found. Does not read the invalid values: they must
 * not be reported, and properties that Spring cannot read can be validated, too.
 */
final class Violations extends AbstractBindingResult {

	private final Object payload;

	Violations(Object payload) {
		super("payload");
		this.payload = payload;
	}

	@Override
	public Object getTarget() {
		return this.payload;
	}

	@Override
	protected @Nullable Object getActualFieldValue(String field) {
		return null;
	}

}
