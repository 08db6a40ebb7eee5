import type { Server } from 'node:http';
import { messageOf } from '../errors.ts';
import type { CommandName, Commands, FromRegistrar, ToRegistrar } from './messages.ts';
import type { Office } from './office.ts';
import { fields, type Parse, text, whole } from './parse.ts';
import { parseInput } from './parse-command.ts';
import { readUrl } from './query.ts';
import { targetOf } from './target.ts';

type Handlers = {
  [Name in CommandName]: (
    input: Commands[Name]['asks'],
  ) => Commands[Name]['gives'] | Promise<Commands[Name]['gives']>;
};

const anything: Parse<unknown> = (input) => input;
const envelope = fields<ToRegistrar>({ id: whole(1), command: text, input: anything });

/** The registrar's way in for servers. */
export interface WayIn {
  server: Server;
  /** Where it listens; rejects where it cannot. */
  url: Promise<string>;
}

/** Takes the parent's messages and says what comes of them. Never throws. */
export function createControl(
  office: Office,
  http: WayIn,
  say: (message: FromRegistrar) => void,
): (message: unknown) => Promise<void> {
  const handlers = createHandlers(office, http, say);
  return async (message) => {
    let id = 0;
    try {
      const { id: given, command, input } = envelope(message, 'message');
      id = given;
      if (!Object.hasOwn(handlers, command)) throw new TypeError(`there is no command ${command}`);
      const name = command as CommandName;
      // One name picks both, so that they fit; TypeScript cannot follow that through a union.
      const parsed = parseInput[name](input, command) as never;
      say({ kind: 'done', id, result: await handlers[name](parsed) });
    } catch (error) {
      say({ kind: 'failed', id, message: messageOf(error) });
    }
  };
}

function createHandlers(
  office: Office,
  http: WayIn,
  say: (message: FromRegistrar) => void,
): Handlers {
  const { answers, desk, ledger, traffic } = office;
  const { rules } = desk;
  const done = (action: () => void): null => {
    action();
    return null;
  };
  return {
    hello: async () => ({ url: await http.url }),
    calls: ({ filter }) => ledger.find(filter),
    count: ({ filter }) => ledger.find(filter).length,
    tokenCalls: () => ledger.tokenLookUps(),
    ask: ({ path }) => {
      const asked = readUrl(path);
      return answers.answer({ ...targetOf('GET', asked.path), ...asked, body: undefined });
    },
    configure: ({ settings }) => done(() => desk.configure(settings)),
    fail: ({ fault }) => done(() => rules.fail(fault)),
    delay: ({ filter, delayMs }) => done(() => rules.delay(filter, delayMs)),
    hold: ({ filter }) => rules.holds.add(filter),
    arrived: ({ hold, count, withinMs }) => rules.holds.arrived(hold, count, withinMs),
    release: ({ hold }) => done(() => rules.holds.release(hold)),
    script: ({ pageId, page }) => done(() => answers.script(pageId, page)),
    clearRules: () => done(() => rules.clear()),
    reset: () => done(() => office.reset()),
    idle: async () => {
      await traffic.idle();
      return null;
    },
    inFlight: () => traffic.inFlight(),
    hangUp: () => hangUp(http),
    watch: ({ on }) =>
      done(() => traffic.watch(on ? (call) => say({ kind: 'call', call }) : undefined)),
  };
}

function hangUp({ server }: WayIn): Promise<number> {
  server.closeIdleConnections();
  return new Promise((resolve, reject) => {
    server.getConnections((error, count) => (error ? reject(error) : resolve(count)));
  });
}
