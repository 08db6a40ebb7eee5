/*
 * Given: asks the registrar, the school's database server. It is the origin, what a cache protects.
 * Nothing here needs to change.
 */

/** What the origin said. */
export interface OriginAnswer {
  /** Always below 500: 200, or for instance 404 for a subject that does not exist. */
  status: number;
  /** The JSON of the body. */
  body: unknown;
}

/** The origin failed; the client gets a 502. */
export class OriginError extends Error {
  readonly statusCode = 502;
}

/** Asks the origin. Throws an OriginError where it cannot be reached, answers a 5xx, or answers no JSON. */
export async function askOrigin(path: string, requestId: string): Promise<OriginAnswer> {
  try {
    const response = await fetch(`${process.env.REGISTRAR_URL}${path}`, {
      headers: { 'x-request-id': requestId },
      signal: AbortSignal.timeout(8_000),
    });
    const text = await response.text();
    if (response.status >= 500) throw new Error(`the origin answered ${response.status}`);
    return { status: response.status, body: JSON.parse(text) };
  } catch (cause) {
    throw new OriginError(`${path} failed at the origin`, { cause });
  }
}
