package io.nanogame.plain;

/**
 * The states of a {@link JsonConnection}.
 *
 * <pre>
 * NEW --first message--&gt; DECIDING --accepted--&gt; OPEN
 *                                 --accepted--&gt; ACCEPTED --ack--&gt; OPEN     can resume
 *                                 --resumed---&gt; RESUMING --ack--&gt; RELAYED
 * </pre>
 *
 * A session of another server begins in OPEN.
 */
enum JsonState {

	NEW, DECIDING, ACCEPTED, OPEN, RESUMING, RELAYED

}
