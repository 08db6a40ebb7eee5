/** Entry of the load process: bundled to `dist/load.js`, commanded over its IPC channel. */
import { createLoadService } from './load-service.ts';
import type { ToLoad } from './messages.ts';

const service = createLoadService(
  (message) => {
    if (process.connected) process.send?.(message);
  },
  () => performance.now(),
);

process.on('message', (message) => service.receive(message as ToLoad));
// Once the load has stopped and the channel is gone, nothing holds the process: it ends by itself.
process.once('disconnect', () => service.close());
