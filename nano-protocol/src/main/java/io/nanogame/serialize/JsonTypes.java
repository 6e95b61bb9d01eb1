package io.nanogame.serialize;

import java.util.HashSet;
import java.util.Iterator;
import java.util.Set;

import org.jspecify.annotations.Nullable;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.deser.AbstractDeserializer;
import tools.jackson.databind.deser.SettableBeanProperty;
import tools.jackson.databind.deser.ValueInstantiator;
import tools.jackson.databind.deser.bean.BeanDeserializerBase;
import tools.jackson.databind.deser.std.ContainerDeserializerBase;
import tools.jackson.databind.json.JsonMapper;

/**
 * Finds the types that Jackson can never read or write. Jackson itself looks at a type as
 * late as possible, often with the first body. Any thread.
 */
final class JsonTypes {

	private final JsonMapper mapper;

	JsonTypes(JsonMapper mapper) {
		this.mapper = mapper;
	}

	/**
	 * Looks through a type and those of its properties and elements. Subtypes are not
	 * looked at, because the body names them.
	 * @throws IllegalArgumentException when Jackson cannot make one of them, whatever the
	 * body
	 */
	void checkReadable(JavaType type) {
		try {
			new Reading(this.mapper._deserializationContext(), type).check(type, "");
		}
		catch (JacksonException ex) {
			throw unusable("read from", type, ex);
		}
	}

	/**
	 * Looks at a type.
	 * @throws IllegalArgumentException when Jackson has no serializer for it
	 */
	void checkWritable(JavaType type) {
		SerializationContext context = this.mapper._serializationContext();
		try {
			boolean empty = context.isUnknownTypeSerializer(context.findTypedValueSerializer(type, true));
			if (empty && type.isFinal() && context.isEnabled(SerializationFeature.FAIL_ON_EMPTY_BEANS)) {
				throw new IllegalArgumentException(
						"%s cannot be written as JSON: it has no properties".formatted(name(type)));
			}
		}
		catch (JacksonException ex) {
			throw unusable("written as", type, ex);
		}
	}

	private static IllegalArgumentException unusable(String verb, JavaType type, JacksonException ex) {
		return new IllegalArgumentException(
				"%s cannot be %s JSON: %s".formatted(name(type), verb, ex.getOriginalMessage()), ex);
	}

	private static String name(JavaType type) {
		return type.toCanonical();
	}

	/** One walk through the deserializers of a type. */
	private static final class Reading {

		private final DeserializationContext context;

		private final JavaType root;

		private final Set<JavaType> seen = new HashSet<>();

		Reading(DeserializationContext context, JavaType root) {
			this.context = context;
			this.root = root;
		}

		void check(JavaType type, String path) {
			if (!isPolymorphic(type)) {
				check(this.context.findRootValueDeserializer(type), type, path);
			}
		}

		private boolean isPolymorphic(JavaType type) {
			return type.getTypeHandler() != null || this.context.findTypeDeserializer(type) != null;
		}

		private void check(@Nullable ValueDeserializer<?> deserializer, JavaType type, String path) {
			if (deserializer == null || !this.seen.add(type)) {
				return;
			}
			if (deserializer instanceof AbstractDeserializer) {
				throw unreadable(type, path, "is abstract and has no @JsonTypeInfo");
			}
			if (deserializer instanceof BeanDeserializerBase bean) {
				checkInstantiable(bean.getValueInstantiator(), type, path);
				checkProperties(bean.properties(), path);
			}
			else if (deserializer instanceof ContainerDeserializerBase<?> container) {
				checkInstantiable(container.getValueInstantiator(), type, path);
				JavaType content = container.getContentType();
				if (content != null && !isPolymorphic(content)) {
					check(container.getContentDeserializer(), content, path + "[]");
				}
			}
		}

		private void checkInstantiable(@Nullable ValueInstantiator instantiator, JavaType type, String path) {
			if (instantiator != null && !instantiator.canInstantiate()) {
				throw unreadable(type, path, "has no constructor or creator that Jackson can call");
			}
		}

		private void checkProperties(Iterator<SettableBeanProperty> properties, String path) {
			while (properties.hasNext()) {
				SettableBeanProperty property = properties.next();
				if (!property.isInjectionOnly() && !property.hasValueTypeDeserializer()) {
					check(property.getValueDeserializer(), property.getType(),
							path.isEmpty() ? property.getName() : path + "." + property.getName());
				}
			}
		}

		private IllegalArgumentException unreadable(JavaType type, String path, String problem) {
			String where = path.isEmpty() ? "" : "its '%s', a %s, ".formatted(path, name(type));
			return new IllegalArgumentException(
					"%s cannot be read from JSON: %s%s".formatted(name(this.root), where, problem));
		}

	}

}
