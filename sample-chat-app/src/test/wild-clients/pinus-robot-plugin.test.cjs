'use strict';

const { chatsThrough } = require('./chat-contract.cjs');

chatsThrough('pinus-robot-plugin', require('./clients/pinus-robot-plugin.cjs'));
