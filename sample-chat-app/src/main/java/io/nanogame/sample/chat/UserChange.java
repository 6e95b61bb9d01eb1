package io.nanogame.sample.chat;

/**
 * Pushes {@code onNewUser} and {@code onUserLeft}.
 *
 * @param content words to show
 * @param name who came or went
 */
public record UserChange(String content, String name) {
}
