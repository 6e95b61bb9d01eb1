/*
 * Internal. The packets with JSON: the client's handshake, the server's response to it, and kicks.
 */

import { NanoError, canInflate, fromJson, protocolError, toJson } from './wire.js';

const ACCEPTED = 200;
const UNAVAILABLE = 503;

const MAX_SECONDS = 86_400;

/** What has become of the session that the client asks for. */
const RESUME_STATES = ['new', 'resumed', 'lost'];

/** The reasons of a lost session that are kicks: the client must stay away as if it had received the packet. */
const KICKS = ['kick', 'replaced'];

const JAVASCRIPT = { type: 'js-websocket', version: '0.0.1' };

/** Servers flag errors only for clients that identify themselves as pitaya's. Without JSON, errors need the flag. */
const PITAYA = { platform: 'js', libVersion: JAVASCRIPT.version };

/** Whether the serializer needs the error flag, because its errors and results look alike. */
export function needsErrorFlag(serializer) {
	return serializer.name === 'protobuf' || serializer.name === 'raw';
}

/** @param session the session to continue or to begin; none without the option `resume` */
export function handshakeRequest({ user, serializer, sys, resume }, dictVersion, session) {
	const family = needsErrorFlag(serializer) ? { ...JAVASCRIPT, ...PITAYA } : JAVASCRIPT;
	const compression = canInflate() ? 'zlib' : undefined;
	const resumption = resume ? { resume: session.request } : {};
	try {
		return toJson({ sys: { ...family, dictVersion, compression, ...sys, ...resumption }, user });
	} catch (error) {
		throw new NanoError('user', `the handshake cannot be written: ${error.message}`);
	}
}

export function handshakeResponse(bytes) {
	const response = fromJson(bytes);
	if (typeof response?.code !== 'number') {
		throw protocolError('a handshake response without a code');
	}
	return response;
}

/**
 * Returns `{error, delay}` if the server cannot decide now, so that the client must try again: after `delay` milliseconds,
 * if there is one.
 */
export function postponementOf(response, { resume }, session) {
	const { code, sys } = response;
	if (code === UNAVAILABLE && resume && (session.resumable || sys?.retry !== undefined)) {
		return { error: new NanoError(code, messageOf(response)), delay: millisecondsOf(sys?.retry) };
	}
	return undefined;
}

/** The reason to reject the server's handshake, if there is one. */
export function rejectionOf(response, { serializer }) {
	const { code, sys } = response;
	if (code !== ACCEPTED) {
		return new NanoError(code, messageOf(response));
	}
	const names = [serializer.name, sys?.serializer];
	if (names.includes('json') && names.includes('protobuf')) {
		return new NanoError('serializer', `the server uses ${sys.serializer}, this client ${serializer.name}: `
			+ 'set the option serializer');
	}
	const schemas = { ...sys?.protos?.client, ...sys?.protos?.server };
	if (serializer.name === 'json' && Object.keys(schemas).length > 0) {
		return new NanoError('serializer', 'the server wants pomelo-protobuf, which this client does not support, for '
			+ Object.keys(schemas).join(', '));
	}
	return undefined;
}

/** Returns the server's `sys.resume`, checked, or `undefined` if the server or this client cannot resume sessions. */
export function resumeReplyOf({ sys }, { resume }, session) {
	const reply = (resume && sys?.resume) || undefined;
	if (reply === undefined) {
		return undefined;
	}
	const { token, state, received } = reply;
	if (typeof token !== 'string' || token === '' || !RESUME_STATES.includes(state)
		|| !Number.isSafeInteger(received) || received < 0) {
		throw protocolError('a malformed sys.resume in the handshake response');
	}
	if (state === 'resumed' && !session.resumable) {
		throw protocolError('the server resumes a session that this client does not have');
	}
	return reply;
}

/** Returns the kick that has ended the session while there was no connection, if it was one. */
export function missedKickOf(reply) {
	return KICKS.includes(reply?.code) ? { reason: String(reply.reason ?? ''), reconnect: false } : undefined;
}

/** Why the server does not continue the session. */
export function lossOf(reply) {
	const { code, reason = 'the server does not have it any more' } = reply ?? {};
	return new NanoError('lost', `session lost (${reason})`, { code, reason });
}

/**
 * Servers of the family kick with `{"reason": …}`, with any other JSON, or with an empty body. Earlier versions of our
 * server add `"reconnect": true` when the client is to reconnect; now it closes the connection without a kick.
 */
export function kickOf(body) {
	try {
		const kick = fromJson(body);
		return { reason: String(kick?.reason ?? ''), reconnect: kick?.reconnect === true };
	} catch {
		return { reason: '', reconnect: false };
	}
}

/**
 * Returns the milliseconds after which the client is to cut its connection and resume its session elsewhere, or `undefined`
 * if the packet is a kick that ends the session.
 */
export function moveOf(body) {
	const { reason, reconnect } = kickOf(body);
	return reason === 'moving' && reconnect ? millisecondsOf(fromJson(body).after / 1000) ?? 0 : undefined;
}

/** Returns `undefined` for all but a number of seconds. At most a day, because timers have a limit. */
export function millisecondsOf(seconds) {
	return seconds !== null && seconds >= 0 ? Math.min(seconds, MAX_SECONDS) * 1000 : undefined;
}

function messageOf({ msg }) {
	return String(msg ?? 'handshake refused');
}
