package io.nanogame.sample.chat;

import jakarta.validation.constraints.NotBlank;
import jakarta.validation.constraints.Size;
import org.jspecify.annotations.Nullable;

/**
 * Payload of {@code room.message}, and of the push {@code onMessage}.
 *
 * @param name the author; ignored if the user has joined with a name
 * @param content the text
 */
public record ChatMessage(@Size(max = 64) @Nullable String name, @NotBlank @Size(max = 1000) String content) {

	ChatMessage by(String author) {
		return new ChatMessage(author, this.content);
	}

}
