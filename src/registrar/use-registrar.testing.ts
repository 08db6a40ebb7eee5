import { afterAll, beforeAll, beforeEach } from 'vitest';
import type { Registrar } from './client.ts';
import { type StartedProcess, startRegistrar } from './start-registrar.testing.ts';

/** What came of one request, as an API server sees it. */
export interface Seen {
  status: number;
  /** The body read as JSON; undefined where it is empty. */
  // biome-ignore lint/suspicious/noExplicitAny: tests look into bodies freely, and fail where a field is missing.
  json: any;
  text: string;
  type: string | null;
}

/** A registrar for the tests of a file, reset before each of them. */
export interface TestRegistrar {
  readonly registrar: Registrar;
  readonly process: StartedProcess;
  /** Sends a request over HTTP; a body that is no string goes as JSON. */
  send(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Seen>;
  get(path: string): Promise<Seen>;
}

/** Hooks a registrar into the test file that calls this. */
export function useRegistrar(seed: number): TestRegistrar {
  let started: (StartedProcess & { registrar: Registrar }) | undefined;
  const current = () => {
    if (started === undefined) throw new Error('the registrar is not started yet');
    return started;
  };
  beforeAll(async () => {
    started = await startRegistrar(seed);
  });
  afterAll(() => started?.close());
  beforeEach(() => current().registrar.reset());

  const send: TestRegistrar['send'] = async (method, path, body, headers = {}) => {
    const content = typeof body === 'string' ? body : JSON.stringify(body);
    const response = await fetch(`${current().registrar.url}${path}`, {
      method,
      headers,
      ...(body === undefined ? {} : { body: content }),
    });
    const text = await response.text();
    const type = response.headers.get('content-type');
    const isJson = text !== '' && type === 'application/json';
    return { status: response.status, json: isJson ? JSON.parse(text) : undefined, text, type };
  };
  return {
    get registrar() {
      return current().registrar;
    },
    get process() {
      return current();
    },
    send,
    get: (path) => send('GET', path),
  };
}

/** Asks again and again until it holds; throws after 10 s. */
export async function until(condition: () => Promise<boolean>): Promise<void> {
  const limit = performance.now() + 10_000;
  while (!(await condition())) {
    if (performance.now() > limit) throw new Error('it never came to pass');
  }
}
