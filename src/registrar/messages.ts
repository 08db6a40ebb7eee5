import type { CallFilter, Fault, OriginCall, OriginSettings, ScriptedPage } from '../kit/index.ts';

/** What the parent asks of the registrar's process, over the process's own IPC channel; by name: what goes in, and what comes back. */
export interface Commands {
  /** The first question; answered once the registrar listens. */
  hello: { asks: Nothing; gives: { url: string } };
  calls: { asks: { filter: CallFilter }; gives: OriginCall[] };
  count: { asks: { filter: CallFilter }; gives: number };
  tokenCalls: { asks: Nothing; gives: OriginCall[] };
  ask: { asks: { path: string }; gives: { status: number; json: unknown } };
  configure: { asks: { settings: OriginSettings }; gives: null };
  fail: { asks: { fault: Fault }; gives: null };
  delay: { asks: { filter: CallFilter; delayMs: number }; gives: null };
  hold: { asks: { filter: CallFilter }; gives: number };
  arrived: {
    asks: { hold: number; count: number; withinMs: number };
    gives: { arrived: boolean; waiting: number };
  };
  release: { asks: { hold: number }; gives: null };
  script: { asks: { pageId: string; page: ScriptedPage }; gives: null };
  clearRules: { asks: Nothing; gives: null };
  reset: { asks: Nothing; gives: null };
  idle: { asks: Nothing; gives: null };
  inFlight: { asks: Nothing; gives: number };
  /** Closes connections on which nothing is being asked; gives how many are left. */
  hangUp: { asks: Nothing; gives: number };
  /** Whether each answered call is told by itself, as a `call` message. */
  watch: { asks: { on: boolean }; gives: null };
}

export type CommandName = keyof Commands;

type Nothing = Readonly<Record<string, never>>;

/** Parent to registrar. `id` is the parent's, and comes back with the answer. */
export interface ToRegistrar {
  id: number;
  command: string;
  input: unknown;
}

/** Registrar to parent. */
export type FromRegistrar =
  | { kind: 'done'; id: number; result: unknown }
  | { kind: 'failed'; id: number; message: string }
  | { kind: 'call'; call: OriginCall };
