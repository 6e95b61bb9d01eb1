package io.nanogame.connection;

import java.time.Duration;

import io.nanogame.resume.ResumeToken;

/**
 * A session without a connection that another server may continue, until its client
 * resumes it anywhere, or logs in to it.
 *
 * @param token a token that the session accepts while its client is away;
 * {@link ResumeToken#none} if the client cannot resume
 * @param uid the player, if the client cannot resume the session and may only log in to
 * it; otherwise empty
 * @param received the number of DATA packets that the client has confirmed
 * @param protocol the name of the client's protocol
 * @param windowSpent how much of the window is over
 */
public record ParkOffer(ResumeToken token, String uid, long received, String protocol, Duration windowSpent) {

}
