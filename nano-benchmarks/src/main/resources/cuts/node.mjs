// Clients in Node: node node.mjs OPTIONS PACKAGE. The options are those of play() as JSON; the package is the
// package.json of a project that has the package ws.
import { createRequire } from 'node:module';

import { play } from './player.js';

const [options, project] = process.argv.slice(2);
// Node.js before 22 has no built-in WebSocket.
const { WebSocket } = createRequire(project)('ws');
await play({ ...JSON.parse(options), WebSocket });
