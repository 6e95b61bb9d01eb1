package io.nanogame.docs;

import io.nanogame.serialize.JsonSerializer;
import io.nanogame.serialize.Serializer;
import io.nanogame.session.Handshake;
import io.nanogame.session.HandshakeValidator;
import tools.jackson.databind.PropertyNamingStrategies;
import tools.jackson.databind.json.JsonMapper;

import org.springframework.context.annotation.Bean;

// tag::choice[]
class SerializerOfClient implements HandshakeValidator {

	@Override
	public void validate(Handshake handshake) {
		if ("unity-socket".equals(handshake.request().client().type())) {
			handshake.serializer("protobuf");
		}
	}

}
// end::choice[]

class SerializersGuide {

	// tag::bean[]
	@Bean
	Serializer gameJson() {
		JsonMapper mapper = JsonMapper.builder().propertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE).build();
		return new JsonSerializer(mapper);
	}
	// end::bean[]

}
