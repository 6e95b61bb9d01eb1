package io.nanogame.pomelo;

/**
 * The states of a {@link PomeloConnection}.
 *
 * <pre>
 * CONNECTED --handshake--&gt; VALIDATING --accepted--&gt; ACCEPTED --ack--&gt; WORKING
 *                                     --resumed---&gt; RESUMING --ack--&gt; RELAYED
 * </pre>
 *
 * A session of another server begins in WORKING.
 */
enum PomeloState {

	CONNECTED, VALIDATING, ACCEPTED, WORKING, RESUMING, RELAYED

}
