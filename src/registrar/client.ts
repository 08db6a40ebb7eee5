import { CourseError, couldNotRun, messageOf } from '../errors.ts';
import {
  type CallFilter,
  fail,
  type HeldCalls,
  type Origin,
  type OriginCall,
} from '../kit/index.ts';
import { type Channel, type CommandSender, createCommandSender } from './commands.ts';

/** The registrar's process, as its parent commands and observes it. */
export interface Registrar extends Origin {
  /**
   * Everything as it was after the start: rows, counts, settings, and no rules and no scripted pages. Tokens that were
   * made since are dead. A call that is under way is answered 503, changes nothing, and is not counted.
   */
  reset(): Promise<void>;
  /** Hears every call when it is answered, look-ups of tokens as well. The function that it returns ends that. */
  onCall(listener: (call: OriginCall) => void): () => void;
  /** Resolves when no call is being worked on; those that are held are. */
  idle(): Promise<void>;
  /** Calls that are being worked on now. */
  inFlight(): Promise<number>;
  /** Closes connections on which nothing is being asked, and gives how many are left. */
  hangUp(): Promise<number>;
}

/**
 * Speaks to a registrar that was started; resolves when it answers calls. Rejects with a CourseError (exit 3) when it
 * cannot start. From then on every promise rejects so once the process has ended, and with an Error where a command was
 * malformed.
 */
export async function connectRegistrar(channel: Channel): Promise<Registrar> {
  const listeners = new Set<(call: OriginCall) => void>();
  const sender = createCommandSender(channel, (call) => {
    for (const listener of listeners) listener(call);
  });
  const { url } = await sender.send('hello', {}).catch((error: unknown) => {
    if (error instanceof CourseError) throw error;
    throw couldNotRun(`The registrar did not start: ${messageOf(error)}`, undefined, error);
  });
  // Who only listens learns of the process's end elsewhere.
  const watch = (on: boolean) => void sender.send('watch', { on }).catch(() => undefined);

  return {
    url,
    calls: async (filter = {}) => (await sender.send('calls', { filter })).map(whole),
    count: (filter = {}) => sender.send('count', { filter }),
    tokenCalls: async () => (await sender.send('tokenCalls', {})).map(whole),
    ask: (path) => sender.send('ask', { path }),
    configure: (settings) => settled(sender.send('configure', { settings })),
    fail: (fault) => settled(sender.send('fail', { fault })),
    delay: (filter, delayMs) => settled(sender.send('delay', { filter, delayMs })),
    hold: (filter) => hold(sender, filter),
    script: (pageId, page) => settled(sender.send('script', { pageId, page })),
    clearRules: () => settled(sender.send('clearRules', {})),
    reset: () => settled(sender.send('reset', {})),
    idle: () => settled(sender.send('idle', {})),
    inFlight: () => sender.send('inFlight', {}),
    hangUp: () => sender.send('hangUp', {}),
    onCall(listener) {
      const own = (call: OriginCall) => listener(whole(call));
      if (listeners.size === 0) watch(true);
      listeners.add(own);
      return () => {
        if (listeners.delete(own) && listeners.size === 0) watch(false);
      };
    },
  };
}

async function settled(promise: Promise<null>): Promise<void> {
  await promise;
}

/** An IPC channel that speaks JSON drops fields that are undefined. */
function whole(call: OriginCall): OriginCall {
  const { key, requestId, answeredAtMs, status } = call;
  return { ...call, key, requestId, answeredAtMs, status };
}

async function hold(sender: CommandSender, filter: CallFilter): Promise<HeldCalls> {
  const number = await sender.send('hold', { filter });
  return {
    async arrived(count = 1, withinMs = 10_000) {
      const seen = await sender.send('arrived', { hold: number, count, withinMs });
      if (seen.arrived) return;
      fail({
        rationale:
          'The check holds calls at the origin and looks at what happens meanwhile; too few came.',
        asked: `to wait for ${calls(count)} to the origin ${inWords(filter)}`,
        expected: `${calls(count)} within ${withinMs / 1000} s`,
        actual: calls(seen.waiting),
      });
    },
    release: () => settled(sender.send('release', { hold: number })),
  };
}

const calls = (count: number) => (count === 1 ? '1 call' : `${count} calls`);

/** `(subject-stats, C#)` */
function inWords({ route, method, key }: CallFilter): string {
  const parts = [method, route, key].filter((part) => part !== undefined);
  return `(${parts.length === 0 ? 'of any kind' : parts.join(', ')})`;
}
