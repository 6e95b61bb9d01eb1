'use strict';

/** The routes of all pushes of the chat. Some clients throw at a push without a listener. */
const PUSHES = ['onMembers', 'onNewUser', 'onUserLeft', 'onMessage', 'onTraffic'];

module.exports = { PUSHES };
