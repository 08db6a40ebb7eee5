/*
 * Given: asks the registrar, the school's database server. It is the origin of all data.
 * Nothing here needs to change.
 */

/** What the origin said. */
export interface OriginAnswer {
  /** Always below 500: 200, or for instance 404 for a subject that does not exist. */
  status: number;
  /** The JSON of the body; undefined where there is none. */
  body: unknown;
}

/** A request that changes something. */
export interface Change {
  method: 'POST' | 'PUT' | 'DELETE';
  /** Sent as JSON. */
  body?: unknown;
}

/** The origin failed; the client gets a 502. */
export class OriginError extends Error {
  override readonly name = 'OriginError';
  readonly statusCode = 502;
}

/**
 * Asks the origin, and sends the request's id along. Throws an OriginError where it cannot be reached or answers a 5xx.
 * That it might answer something else than JSON, nobody has thought of.
 */
export async function askOrigin(
  path: string,
  requestId: string,
  { method, body }: Partial<Change> = {},
): Promise<OriginAnswer> {
  const response = await send(path, {
    method: method ?? 'GET',
    headers: { 'x-request-id': requestId, 'content-type': 'application/json' },
    body: body === undefined ? null : JSON.stringify(body),
  });
  const text = await response.text();
  if (response.status >= 500) throw new OriginError(`the origin answered ${response.status}`);
  return { status: response.status, body: text === '' ? undefined : JSON.parse(text) };
}

async function send(path: string, init: RequestInit): Promise<Response> {
  const signal = AbortSignal.timeout(8_000);
  try {
    return await fetch(`${process.env.REGISTRAR_URL}${path}`, { ...init, signal });
  } catch (cause) {
    throw new OriginError('the origin cannot be reached', { cause });
  }
}
