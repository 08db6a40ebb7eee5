import { setTimeout as wait } from 'node:timers/promises';
import type { OriginCall, OriginSettings } from '../kit/index.ts';
import type { Answers, Question } from './answers.ts';
import { createGate } from './gate.ts';
import { type Reply, refused } from './reply.ts';
import { createRules, type Rules } from './rules.ts';
import { writingRoutes } from './target.ts';

/** An answer as it is sent. */
export interface Sent {
  status: number;
  /** Undefined for an answer without a body. */
  body: string | undefined;
  contentType: string;
}

/** Works on calls, one by one or side by side, as the rules and settings say. */
export interface Desk {
  readonly rules: Rules;
  /** A field that is absent takes its default. */
  configure(settings: OriginSettings): void;
  /** Called as a call arrives, before its body is read; gives the work that then carries it out. */
  arrive(): (call: OriginCall, question: Question) => Promise<Sent>;
  /** Rules and settings as at the start. What is under way is answered 503 and touches nothing. */
  reset(): void;
}

/**
 * A call waits for a connection, takes the round trip, then is carried out. A slow read saw the data when it began: it
 * reads first, and is held or delayed with what it read. A slow write takes effect when it ends: it is delayed first.
 * Writes are never held.
 */
export function createDesk(answers: Answers): Desk {
  const gate = createGate();
  const rules = createRules();
  let roundTripMs = 0;
  /** One more after each reset. */
  let epoch = 0;

  const configure = (settings: OriginSettings) => {
    roundTripMs = settings.roundTripMs ?? 0;
    gate.setLimit(settings.connections ?? Number.POSITIVE_INFINITY);
  };

  const carryOut = async (
    call: OriginCall,
    question: Question,
    isOver: () => boolean,
  ): Promise<Sent> => {
    if (isOver()) return asJson(wasReset);
    const fault = rules.strike(call);
    const delayMs = rules.delayOf(call);
    const writes = writingRoutes.has(call.route);
    if (roundTripMs > 0) await pause(roundTripMs);
    if (writes && delayMs > 0) await pause(delayMs);
    if (isOver()) return asJson(wasReset);
    const sent = fault === undefined ? asJson(answers.answer(question)) : asSent(fault);
    if (call.route === 'seats' && fault === undefined) answers.bookSeat(question.name);
    if (writes) return sent;
    await rules.holds.pass(call);
    if (delayMs > 0) await pause(delayMs);
    return isOver() ? asJson(wasReset) : sent;
  };

  return {
    rules,
    configure,
    arrive() {
      const arrivedIn = epoch;
      return async (call, question) => {
        await gate.enter();
        try {
          return await carryOut(call, question, () => epoch !== arrivedIn);
        } finally {
          gate.leave();
        }
      };
    },
    reset() {
      epoch += 1;
      rules.clear();
      configure({});
    },
  };
}

const wasReset = refused(503, 'The registrar was reset while it worked on this.');

/** A pause that keeps no process alive. */
const pause = (milliseconds: number) => wait(milliseconds, undefined, { ref: false });

function asJson({ status, json }: Reply): Sent {
  const body = json === undefined ? undefined : JSON.stringify(json);
  return { status, body, contentType: 'application/json' };
}

function asSent(fault: { status: number; body?: string; contentType?: string }): Sent {
  const { status, body, contentType = 'application/json' } = fault;
  const ordinary = JSON.stringify({ detail: 'The registrar fails, since it was told to.' });
  return { status, body: body ?? ordinary, contentType };
}
