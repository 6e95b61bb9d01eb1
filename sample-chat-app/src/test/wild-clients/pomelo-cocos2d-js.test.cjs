'use strict';

const { chatsThrough } = require('./chat-contract.cjs');

chatsThrough('pomelo-cocos2d-js', require('./clients/pomelo-cocos2d-js.cjs'));
