/** Entry of the load process: bundled to `dist/load.js`, commanded over its IPC channel. */
import { createLoadService } from './load-service.ts';
import type { ToLoad } from './messages.ts';

// Node would open its debugger to anybody on this machine, an answer too.
process.on('SIGUSR1', () => {});

const service = createLoadService(
  (message) => {
    if (process.connected) process.send?.(message);
  },
  () => performance.now(),
);

process.on('message', (message) => service.receive(message as ToLoad));
// Once the load has stopped and the channel is gone, nothing holds the process: it ends by itself.
process.once('disconnect', () => service.close());
