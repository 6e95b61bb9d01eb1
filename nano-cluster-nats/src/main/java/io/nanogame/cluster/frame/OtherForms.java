package io.nanogame.cluster.frame;

import java.io.IOException;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;

import com.google.protobuf.CodedInputStream;
import com.google.protobuf.CodedOutputStream;
import org.jspecify.annotations.Nullable;

/**
 * The payload of a push in other forms than that of the server's payloads. If they are
 * too long for one frame, each form has its own.
 *
 * @param written the forms in this frame
 * @param elsewhere the names of the forms in other frames of the push; the empty name is
 * that of the server's payloads
 */
public record OtherForms(List<WrittenForm> written, Set<String> elsewhere) {

	/** The name of the form of the server's payloads. */
	private static final String SERVER = "";

	/**
	 * Creates the forms of a push that is in one frame.
	 * @param written the forms
	 * @return forms of which none is in another frame
	 */
	public static OtherForms of(List<WrittenForm> written) {
		return new OtherForms(written, Set.of());
	}

	static OtherForms readLast(CodedInputStream in) throws IOException {
		return new OtherForms(WrittenForm.readLast(in), Fields.readLastNames(in));
	}

	void write(CodedOutputStream out) throws IOException {
		WrittenForm.writeAll(out, this.written);
		Fields.writeNames(out, this.elsewhere);
	}

	int maxLength() {
		return WrittenForm.maxLength(this.written) + Fields.maxLength(this.elsewhere);
	}

	/**
	 * Returns whether the frame contains the payload as the server's payloads write it.
	 * @return false if that is in another frame
	 */
	public boolean hasServers() {
		return !this.elsewhere.contains(SERVER);
	}

	/**
	 * Returns whether the push is written in a form, in this frame or another one.
	 * @param form the name of a form, or null
	 * @return true if a receiver can have that form
	 */
	public boolean contains(@Nullable String form) {
		return form != null && (this.elsewhere.contains(form)
				|| this.written.stream().anyMatch((each) -> each.form().equals(form)));
	}

	/**
	 * Returns whether there is only the form of the server's payloads.
	 * @return true if all receivers have that form
	 */
	public boolean isEmpty() {
		return this.written.isEmpty() && this.elsewhere.isEmpty();
	}

	/** Returns a part for the server's form, and one for each other form. */
	List<OtherForms> split() {
		Set<String> names = new LinkedHashSet<>();
		names.add(SERVER);
		this.written.forEach((each) -> names.add(each.form()));
		OtherForms servers = new OtherForms(List.of(), without(names, SERVER));
		Stream<OtherForms> others = this.written.stream()
			.map((each) -> new OtherForms(List.of(each), without(names, each.form())));
		return Stream.concat(Stream.of(servers), others).toList();
	}

	private static Set<String> without(Set<String> names, String name) {
		Set<String> others = new LinkedHashSet<>(names);
		others.remove(name);
		return others;
	}

}
