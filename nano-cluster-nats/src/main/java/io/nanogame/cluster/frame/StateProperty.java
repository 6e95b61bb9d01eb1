package io.nanogame.cluster.frame;

import java.io.IOException;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * A property of a session's state, with its value.
 */
public sealed interface StateProperty {

	/**
	 * Returns the name of the property.
	 * @return the same for all values of the property
	 */
	String key();

	/**
	 * Writes the property.
	 * @param out receives the property
	 * @throws IOException when there is no space
	 */
	void write(CodedOutputStream out) throws IOException;

	static StateProperty read(CodedInputStream in, AttributeCodec attributes) throws IOException {
		int code = in.readUInt32();
		return switch (code) {
			case Attribute.CODE -> new Attribute(in.readString(), attributes.read(in));
			case Uid.CODE -> new Uid(Fields.readNullable(in));
			case Principal.CODE -> new Principal(Login.read(in));
			case RouteBinding.CODE -> new RouteBinding(in.readString(), in.readString());
			default -> throw new IOException("a property of a later version");
		};
	}

	/**
	 * An attribute.
	 *
	 * @param name its name
	 * @param value its value, as {@link AttributeCodec} encodes it; null when it was
	 * removed
	 */
	record Attribute(String name, @Nullable Object value) implements StateProperty {

		private static final String PREFIX = "attribute ";

		private static final int CODE = 1;

		/**
		 * Returns the key of an attribute.
		 * @param name the name of the attribute
		 * @return its {@link #key()}
		 */
		public static String key(String name) {
			return PREFIX + name;
		}

		/**
		 * Returns the name of an attribute.
		 * @param key its {@link #key()}
		 * @return the name of the attribute
		 */
		public static String name(String key) {
			return key.substring(PREFIX.length());
		}

		@Override
		public String key() {
			return key(this.name);
		}

		@Override
		public void write(CodedOutputStream out) throws IOException {
			out.writeUInt32NoTag(CODE);
			out.writeStringNoTag(this.name);
			AttributeCodec.write(out, this.value);
		}

	}

	/**
	 * The uid.
	 *
	 * @param uid the uid; null when the session is not bound
	 */
	record Uid(@Nullable String uid) implements StateProperty {

		/** The {@link #key()}. */
		public static final String KEY = "uid";

		private static final int CODE = 2;

		@Override
		public String key() {
			return KEY;
		}

		@Override
		public void write(CodedOutputStream out) throws IOException {
			out.writeUInt32NoTag(CODE);
			Fields.writeNullable(out, this.uid);
		}

	}

	/**
	 * The principal.
	 *
	 * @param login the login; null without a principal
	 */
	record Principal(@Nullable Login login) implements StateProperty {

		/** The {@link #key()}. */
		public static final String KEY = "principal";

		private static final int CODE = 3;

		@Override
		public String key() {
			return KEY;
		}

		@Override
		public void write(CodedOutputStream out) throws IOException {
			out.writeUInt32NoTag(CODE);
			Login.write(out, this.login);
		}

	}

	/**
	 * The node to which messages of the session to a component are sent. Only the gateway
	 * has it as a part of its state.
	 *
	 * @param component the component
	 * @param node the id of the node; empty to let the strategy choose again
	 */
	record RouteBinding(String component, String node) implements StateProperty {

		private static final String PREFIX = "route ";

		private static final int CODE = 4;

		/**
		 * Returns whether a key is that of a binding.
		 * @param key the {@link #key()} of a property
		 * @return true for a binding
		 */
		public static boolean isKey(String key) {
			return key.startsWith(PREFIX);
		}

		/**
		 * Returns the component of a binding.
		 * @param key its {@link #key()}
		 * @return the component
		 */
		public static String component(String key) {
			return key.substring(PREFIX.length());
		}

		@Override
		public String key() {
			return PREFIX + this.component;
		}

		@Override
		public void write(CodedOutputStream out) throws IOException {
			out.writeUInt32NoTag(CODE);
			out.writeStringNoTag(this.component);
			out.writeStringNoTag(this.node);
		}

	}

}
