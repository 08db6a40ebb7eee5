/*
 * Given: asks the registrar, the school's database server. Nothing here needs to change.
 */

/** What was asked of the origin. HTTP clients keep it with their errors, as axios does: to be helpful. */
export interface CallConfig {
  method: string;
  url: string;
  /** What was sent. */
  body: unknown;
}

/** The origin failed; the client gets a 502. */
export class OriginError extends Error {
  readonly statusCode = 502;
  readonly config: CallConfig;

  constructor(message: string, config: CallConfig, cause: unknown) {
    super(message, { cause });
    this.name = 'OriginError';
    this.config = config;
  }
}

/** What the origin said. */
export interface OriginAnswer {
  /** Always below 500: 200, or for instance 404. */
  status: number;
  /** The JSON of the body. */
  body: unknown;
}

/** Asks the origin: a GET, or with a body a POST. Throws an OriginError where it fails, or answers no JSON. */
export async function askOrigin(
  path: string,
  requestId: string,
  body?: unknown,
): Promise<OriginAnswer> {
  const method = body === undefined ? 'GET' : 'POST';
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
    return { status: response.status, body: JSON.parse(text) };
  } catch (cause) {
    throw new OriginError('the origin failed', { method, url, body }, cause);
  }
}
