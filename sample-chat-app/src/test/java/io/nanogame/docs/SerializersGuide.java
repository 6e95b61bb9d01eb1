package io.nanogame.docs;

import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Serializer;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;

class SerializersGuide {

	// tag::bean[]
	@Bean
	Serializer gameJson() {
		JsonMapper mapper = JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
		return new JsonSerializer(mapper);
	}
	// end::bean[]

}
