package io.nanogame.cluster.frame;

import java.io.IOException;
import java.util.Set;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The login of a session, as it is sent between nodes.
 *
 * @param name the name of the principal
 * @param trust how the name was authenticated
 * @param authorities the authorities of the app's security; may be empty
 */
public record Login(String name, Trust trust, Set<String> authorities) {

	static void write(CodedOutputStream out, @Nullable Login login) throws IOException {
		out.writeBoolNoTag(login != null);
		if (login != null) {
			out.writeStringNoTag(login.name());
			out.writeUInt32NoTag(login.trust().code());
			Fields.writeNames(out, login.authorities());
		}
	}

	static @Nullable Login read(CodedInputStream in) throws IOException {
		return in.readBool() ? new Login(in.readString(), Trust.of(in.readUInt32()), Fields.readNames(in)) : null;
	}

	/**
	 * How a name was authenticated. The order is that of the codes between nodes; append
	 * new ones.
	 */
	public enum Trust {

		/**
		 * A name that the app's security has not authenticated, for example of a
		 * certificate.
		 */
		NAME_ONLY,

		/** Remembered from an earlier login. */
		REMEMBERED,

		/** Logged in. */
		FULL;

		private static final Trust[] BY_CODE = values();

		int code() {
			return ordinal();
		}

		/** A value of a later version counts as the lowest. */
		static Trust of(int code) {
			return (code >= 0 && code < BY_CODE.length) ? BY_CODE[code] : NAME_ONLY;
		}

	}

}
