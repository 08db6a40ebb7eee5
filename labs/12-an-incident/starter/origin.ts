/*
 * Given: asks the registrar, the school's database server. It is the origin of all data.
 * Nothing here needs to change.
 */

/** A request that changes something. */
export interface Change {
  method: 'POST' | 'PUT' | 'DELETE';
  /** Sent as JSON. */
  body?: unknown;
}

/** What the origin said. */
export interface OriginAnswer {
  /** Always below 500: 200, or for instance 404. */
  status: number;
  /** The JSON of the body; undefined where there is none. */
  body: unknown;
}

/** What was asked of the origin. HTTP clients keep it with their errors, as axios does: to be helpful. */
export interface CallConfig extends Partial<Change> {
  url: string;
}

/** The origin failed; the client gets a 502. */
export class OriginError extends Error {
  override readonly name = 'OriginError';
  readonly statusCode = 502;
  readonly config: CallConfig;

  constructor(config: CallConfig, cause: unknown) {
    super('the origin failed', { cause });
    this.config = config;
  }
}

/** Asks the origin. Throws an OriginError where it cannot be reached, answers a 5xx, or answers no JSON. */
export async function askOrigin(
  path: string,
  requestId: string,
  change: Partial<Change> = {},
): Promise<OriginAnswer> {
  const { method = 'GET', body } = change;
  const url = `${process.env.REGISTRAR_URL}${path}`;
  try {
    const response = await fetch(url, {
      method,
      headers: { 'x-request-id': requestId, 'content-type': 'application/json' },
      body: body === undefined ? null : JSON.stringify(body),
      signal: AbortSignal.timeout(8_000),
    });
    const text = await response.text();
    if (response.status >= 500) throw new Error(`it answered ${response.status}`);
    return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
  } catch (cause) {
    throw new OriginError({ ...change, url }, cause);
  }
}
