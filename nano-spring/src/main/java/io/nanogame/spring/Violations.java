package io.nanogame.spring;

import org.jspecify.annotations.Nullable;

import org.springframework.validation.AbstractBindingResult;

/**
 * What a validator found. Never looks at the values themselves: nobody is to be told of
 * them, and any kind of property can be validated, whether Spring could read it or not.
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
