package io.nanogame.service;

import org.jspecify.annotations.Nullable;

/**
 * A call of a service that has no result. A service throws it itself to refuse something
 * on purpose: code and message reach the caller on whatever node. Of anything else it
 * throws, the caller hears {@link #FAILED} only, and the log of the service's node tells
 * why.
 */
public class ServiceException extends RuntimeException {

	/** The arguments could not be read by the service's node. Nothing was done. */
	public static final int BAD_ARGUMENTS = 400;

	/** The service's node knows no such method. Nothing was done. */
	public static final int NO_SUCH_METHOD = 404;

	/** There is no instance of that name. Nothing was done. */
	public static final int NO_SUCH_INSTANCE = 404;

	/**
	 * There is no answer: the time is over, or its node is gone. What was asked for may
	 * have been done, or may still be.
	 */
	public static final int NO_ANSWER = 408;

	/** The service threw something. */
	public static final int FAILED = 500;

	/** No node offers the service, or it has too much to do. Nothing was done. */
	public static final int NOT_THERE = 503;

	private final int code;

	/**
	 * A refusal.
	 * @param code an HTTP-like status, none of {@link #NO_ANSWER}, {@link #FAILED} and
	 * {@link #NOT_THERE}, which mean that no service has decided anything
	 * @param message words for the caller
	 */
	public ServiceException(int code, String message) {
		this(code, message, null);
	}

	/**
	 * A failure.
	 * @param code an HTTP-like status
	 * @param message words for the caller
	 * @param cause what happened, known on this node only
	 */
	public ServiceException(int code, String message, @Nullable Throwable cause) {
		super(message, cause);
		this.code = code;
	}

	public int code() {
		return this.code;
	}

	/** Whether a service meant it, and it did not just happen. */
	boolean isRefusal() {
		return this.code != NO_ANSWER && this.code != FAILED && this.code != NOT_THERE;
	}

}
