import type { Socket } from 'node:net';

/** A client's connection and ours to Redis, joined. */
export interface Link {
  /** Replies wait in us; what the client sends goes on. */
  holdReplies(): void;
  releaseReplies(): void;
  /** Breaks both. */
  cut(): void;
}

export interface LinkOptions {
  client: Socket;
  upstream: Socket;
  /** Sees what the client sends before it goes on; false breaks the link in its place. */
  allows(chunk: Buffer): boolean;
  onClosed(): void;
}

/** Carries bytes both ways, unchanged, no faster than they are taken, and either's end to the other. */
export function joinSockets({ client, upstream, allows, onClosed }: LinkOptions): Link {
  let held = false;
  const cut = () => {
    client.destroy();
    upstream.destroy();
  };
  for (const socket of [client, upstream]) {
    socket.setNoDelay(true);
    // `close` follows, which breaks the other too.
    socket.on('error', () => {});
    socket.on('close', cut);
  }
  client.on('close', onClosed);
  client.on('data', (chunk: Buffer) => {
    if (!allows(chunk)) cut();
    else if (!upstream.write(chunk)) client.pause();
  });
  upstream.on('drain', () => client.resume());
  client.on('end', () => upstream.end());
  upstream.on('data', (chunk: Buffer) => {
    if (!client.write(chunk)) upstream.pause();
  });
  client.on('drain', () => {
    if (!held) upstream.resume();
  });
  upstream.on('end', () => client.end());
  return {
    holdReplies() {
      held = true;
      upstream.pause();
    },
    releaseReplies() {
      held = false;
      upstream.resume();
    },
    cut,
  };
}
