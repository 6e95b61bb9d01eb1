package io.nanogame.docs;

import io.nanogame.spring.RouteNaming;

import org.springframework.context.annotation.Bean;
import org.springframework.util.StringUtils;

class ComingFromNanoGuide {

	// tag::naming[]
	@Bean
	RouteNaming goNames() {
		return (component, method) -> StringUtils.capitalize(component) + "."
				+ StringUtils.capitalize(method.getName());
	}
	// end::naming[]

}
