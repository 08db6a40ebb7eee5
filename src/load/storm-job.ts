import type { Storm } from '../kit/index.ts';
import { isLocal } from './job.ts';

/** A storm on one server. Plain data, sent to the load process. */
export interface StormJob extends Storm {
  /** The server, on 127.0.0.1: `http://127.0.0.1:4101`. Any other host is refused. */
  url: string;
}

/** No storm lasts longer. */
export const stormLimitMs = 60_000;

/** Anything shorter may turn up by chance, above all in base64. */
const shortestMark = 8;

/** Why a storm cannot be sent, in one sentence; undefined where it can. */
export function stormProblem(job: StormJob): string | undefined {
  const { url, requests, total, connections, marks } = job;
  if (!isLocal(url)) return `Load goes to http://127.0.0.1 only, not to ${url}.`;
  if (requests.length < 1 || requests.length > 1000) {
    return `A storm has 1 to 1,000 different requests, not ${requests.length}.`;
  }
  if (!isWhole(total, 1, 20_000)) return `A storm sends 1 to 20,000 requests, not ${total}.`;
  if (!isWhole(connections, 1, 100)) {
    return `A storm has 1 to 100 connections, not ${connections}.`;
  }
  const texts = Object.values(marks).flat();
  if (texts.length === 0) return 'A storm needs marks to look for.';
  const short = texts.find((text) => text.length < shortestMark);
  if (short !== undefined) return `A mark has at least ${shortestMark} characters: "${short}".`;
  const twice = texts.find((text, index) => texts.indexOf(text) !== index);
  if (twice !== undefined) return `A mark belongs to one user: "${twice}".`;
  return undefined;
}

function isWhole(value: number, low: number, high: number): boolean {
  return Number.isInteger(value) && value >= low && value <= high;
}
