package io.nanogame.sample.chat;

/**
 * Pushes {@code onNewUser} and {@code onUserLeft}.
 *
 * @param content the text to show
 * @param name the user who joined or left
 */
public record UserChange(String content, String name) {
}
