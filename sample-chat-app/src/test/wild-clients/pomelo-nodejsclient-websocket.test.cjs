'use strict';

const { chatsThrough } = require('./chat-contract.cjs');

chatsThrough('pomelo-nodejsclient-websocket', require('./clients/pomelo-nodejsclient-websocket.cjs'));
