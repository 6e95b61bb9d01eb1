package io.nanogame.service;

import org.jspecify.annotations.Nullable;

/**
 * Thrown when a call of a service has no result. A service throws it itself to reject a
 * call: code and message reach the caller on any node. For any other exception of the
 * service the caller receives only {@link #FAILED}, and the cause is logged on the
 * service's node.
 */
public class ServiceException extends RuntimeException {

	/** The service's node could not read the arguments. The method was not called. */
	public static final int BAD_ARGUMENTS = 400;

	/** The service has no such method on its node. The method was not called. */
	public static final int NO_SUCH_METHOD = 404;

	/** There is no instance of that name. The method was not called. */
	public static final int NO_SUCH_INSTANCE = 404;

	/**
	 * No reply was received: the time-out elapsed, or the service's node is gone. The
	 * method may or may not have been called, and may still be running.
	 */
	public static final int NO_ANSWER = 408;

	/** The service threw another exception. */
	public static final int FAILED = 500;

	/**
	 * The call would wait for itself, because the service waits for the caller. The
	 * method was not called. The message names the services that wait for each other.
	 */
	public static final int CYCLE = 508;

	/** No node offers the service, or its mailbox is full. The method was not called. */
	public static final int NOT_THERE = 503;

	private final int code;

	/**
	 * Creates a rejection.
	 * @param code an HTTP-like status, except {@link #NO_ANSWER}, {@link #FAILED},
	 * {@link #NOT_THERE} and {@link #CYCLE}, which mean that the service has made no
	 * decision
	 * @param message the message for the caller
	 */
	public ServiceException(int code, String message) {
		this(code, message, null);
	}

	/**
	 * Creates a failure.
	 * @param code an HTTP-like status
	 * @param message the message for the caller
	 * @param cause the cause, available on this node only
	 */
	public ServiceException(int code, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.code = code;
	}

	public int code() {
		return this.code;
	}

	/** Returns whether the service has rejected the call deliberately. */
	boolean isRefusal() {
		return this.code != NO_ANSWER && this.code != FAILED && this.code != NOT_THERE && this.code != CYCLE;
	}

}
