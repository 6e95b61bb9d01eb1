package io.nanogame.cluster.frame;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import io.nanogame.protocol.HandshakeRequest;
import io.nanogame.session.Introduction;

/**
 * The properties of a client that do not change while it is connected.
 *
 * @param introduction the handshake of the client
 * @param address the address of the client
 * @param transport the transport of the client
 * @param queryParameters the query parameters of the URL of its WebSocket
 * @param form the form of its payloads; empty for that of the server's payloads
 * @param moves how often its session has moved to another gateway
 */
public record ClientDescription(Introduction introduction, InetSocketAddress address, String transport,
		Map<String, List<String>> queryParameters, String form, long moves) {

	private static final int MAX_PORT = 65_535;

	/** The address of a client whose address is not known. */
	public static final InetSocketAddress NO_ADDRESS = InetSocketAddress.createUnresolved("unknown", 0);

	/** The description of a client that is only known as a recipient. */
	public static final ClientDescription UNKNOWN = new ClientDescription(Introduction.UNKNOWN, NO_ADDRESS, "",
			Map.of(), "", 0);

	static ClientDescription read(CodedInputStream in) throws IOException {
		HandshakeRequest handshake = HandshakeRequest.parse(in.readByteArray());
		Introduction introduction = new Introduction(handshake.client(), handshake.userPart());
		InetSocketAddress address = address(in.readByteArray(), in.readUInt32());
		return new ClientDescription(introduction, address, in.readString(), readQuery(in), "", 0);
	}

	/**
	 * Returns the same client with another form.
	 * @param other the form of its payloads
	 * @return a copy
	 */
	public ClientDescription withForm(String other) {
		return new ClientDescription(this.introduction, this.address, this.transport, this.queryParameters, other,
				this.moves);
	}

	/**
	 * Reads what frames contain at their end, where readers of earlier versions skip it.
	 */
	ClientDescription withLast(CodedInputStream in) throws IOException {
		return new ClientDescription(this.introduction, this.address, this.transport, this.queryParameters,
				Fields.readLastText(in), Fields.readLastNumber(in));
	}

	void writeLast(CodedOutputStream out) throws IOException {
		out.writeStringNoTag(this.form);
		out.writeUInt64NoTag(this.moves);
	}

	private static InetSocketAddress address(byte[] address, int port) throws IOException {
		if (port < 0 || port > MAX_PORT) {
			throw new IOException("no port: " + port);
		}
		return (address.length > 0) ? new InetSocketAddress(InetAddress.getByAddress(address), port)
				: InetSocketAddress.createUnresolved("unknown", port);
	}

	private static Map<String, List<String>> readQuery(CodedInputStream in) throws IOException {
		Map<String, List<String>> query = new LinkedHashMap<>();
		for (int i = Fields.readCount(in); i > 0; i--) {
			String name = in.readString();
			List<String> values = new ArrayList<>();
			for (int j = Fields.readCount(in); j > 0; j--) {
				values.add(in.readString());
			}
			query.put(name, values);
		}
		return query;
	}

	void write(CodedOutputStream out) throws IOException {
		out.writeByteArrayNoTag(
				new HandshakeRequest(this.introduction.client(), this.introduction.userPart()).toJson());
		InetAddress host = this.address.getAddress();
		out.writeByteArrayNoTag((host != null) ? host.getAddress() : new byte[0]);
		out.writeUInt32NoTag(this.address.getPort());
		out.writeStringNoTag(this.transport);
		out.writeUInt32NoTag(this.queryParameters.size());
		for (Map.Entry<String, List<String>> parameter : this.queryParameters.entrySet()) {
			out.writeStringNoTag(parameter.getKey());
			out.writeUInt32NoTag(parameter.getValue().size());
			for (String value : parameter.getValue()) {
				out.writeStringNoTag(value);
			}
		}
	}

}
