'use strict';

/** Every route the chat pushes. Some clients throw at a push that nobody listens to. */
const PUSHES = ['onMembers', 'onNewUser', 'onUserLeft', 'onMessage', 'onTraffic'];

module.exports = { PUSHES };
