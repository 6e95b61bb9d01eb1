'use strict';

const { chatsThrough } = require('./chat-contract.cjs');

chatsThrough('pomelo-jsclient-websocket', require('./clients/pomelo-jsclient-websocket.cjs'));
