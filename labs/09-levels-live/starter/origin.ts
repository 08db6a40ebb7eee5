/*
 * Given: asks the registrar, the school's database server. Nothing here needs to change.
 */
import type { FastifyRequest } from 'fastify';

/** As much of a request as the log needs to know. */
export type Asker = Pick<FastifyRequest, 'id' | 'log'>;

/** What the origin said. */
export interface OriginAnswer {
  /** Always below 500: 200, or for instance 404 for a subject that does not exist. */
  status: number;
  /** The JSON of the body. */
  body: unknown;
}

/** What is asked. A path may hold a token, so the log gets `what` instead. */
export interface OriginQuestion {
  /** In words: `a page of grades`. */
  what: string;
  path: string;
  /** Sent by POST, as JSON. */
  posted?: unknown;
}

/** The origin failed; the client gets a 502. */
export class OriginError extends Error {
  readonly statusCode = 502;
}

/** Asks the origin. Throws an OriginError where it cannot be reached, answers a 5xx, or answers no JSON. */
export async function askOrigin(
  { id, log }: Asker,
  { what, path, posted }: OriginQuestion,
): Promise<OriginAnswer> {
  log.debug({ what }, 'asking the origin');
  const startedAt = performance.now();
  try {
    const response = await fetch(`${process.env.REGISTRAR_URL}${path}`, {
      method: posted === undefined ? 'GET' : 'POST',
      headers: { 'x-request-id': id, 'content-type': 'application/json' },
      body: posted === undefined ? null : JSON.stringify(posted),
      signal: AbortSignal.timeout(8_000),
    });
    const { status } = response;
    log.trace({ what, status }, 'the head of the answer is there');
    const text = await response.text();
    const tookMs = Math.round(performance.now() - startedAt);
    log.debug({ what, status, characters: text.length, tookMs }, 'the origin answered');
    if (status >= 500) throw new Error(`the origin answered ${status}`);
    return { status, body: JSON.parse(text) };
  } catch (cause) {
    throw new OriginError(`the origin gave no ${what}`, { cause });
  }
}
