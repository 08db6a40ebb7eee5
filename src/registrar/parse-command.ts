import { type CallFilter, originRoutes, type ScriptedPage } from '../kit/index.ts';
import type { CommandName, Commands } from './messages.ts';
import { fields, number, oneOf, type Parse, text, textByName, truth, whole } from './parse.ts';
import { writingRoutes } from './target.ts';

const route = oneOf(originRoutes);
const nothing = fields<Record<string, never>>({});
const filter: Parse<CallFilter> = fields({}, { route, method: text, key: text });

/** Only reads can be held: a hold on a write would wait for ever, and look like the answer's failure. */
const heldFilter: Parse<CallFilter> = (input, what) => {
  const read = filter(input, what);
  const isWrite = read.method !== undefined && !['GET', 'HEAD'].includes(read.method.toUpperCase());
  if (isWrite || (read.route !== undefined && writingRoutes.has(read.route))) {
    throw new TypeError(`${what}: only reads can be held`);
  }
  return read;
};

/** 400 to 599, or 200 with a body of another kind. */
const faultStatus: Parse<number> = (input, what) =>
  input === 200 ? input : whole(400, 599)(input, what);

/** Headers that belong to one connection (RFC 9110, 7.6.1), or that the server sets itself. */
const foreignHeaders = new Set(
  'connection keep-alive proxy-authenticate proxy-authorization proxy-connection te trailer transfer-encoding upgrade content-length date server'.split(
    ' ',
  ),
);

const headers: Parse<Record<string, string>> = (input, what) => {
  const read = textByName(input, what);
  const seen = new Set<string>();
  for (const [name, value] of Object.entries(read)) {
    const lower = name.toLowerCase();
    if (!/^[!#$%&'*+.^_`|~0-9a-z-]+$/.test(lower))
      throw new TypeError(`${what}: ${name} is no name`);
    if (foreignHeaders.has(lower)) throw new TypeError(`${what}: ${name} is not the page's to set`);
    if (seen.has(lower)) throw new TypeError(`${what}: ${name} stands twice`);
    if (!/^[\t\x20-\x7e\x80-\xff]*$/.test(value))
      throw new TypeError(`${what}: ${name} has no value`);
    seen.add(lower);
  }
  return read;
};

/** A page that every server can send exactly as it is. */
const page: Parse<ScriptedPage> = (input, what) => {
  const read = fields({ status: whole(200, 599), headers, body: text })(input, what);
  if ((read.status === 204 || read.status === 304) && read.body !== '') {
    throw new TypeError(`${what}: a page of status ${read.status} has no body`);
  }
  return read;
};

const settings = fields({}, { roundTripMs: number(0, 60_000), connections: whole(1) });
const fault = fields(
  { status: faultStatus },
  { route, method: text, key: text, body: text, contentType: text, times: whole(1) },
);

/** How each command's input is read. */
export const parseInput = {
  hello: nothing,
  calls: fields({ filter }),
  count: fields({ filter }),
  tokenCalls: nothing,
  ask: fields({ path: text }),
  configure: fields({ settings }),
  fail: fields({ fault }),
  delay: fields({ filter, delayMs: number(0, 600_000) }),
  hold: fields({ filter: heldFilter }),
  arrived: fields({ hold: whole(1), count: whole(1), withinMs: number(0, 600_000) }),
  release: fields({ hold: whole(1) }),
  script: fields({ pageId: text, page }),
  clearRules: nothing,
  reset: nothing,
  idle: nothing,
  inFlight: nothing,
  hangUp: nothing,
  watch: fields({ on: truth }),
} satisfies { [Name in CommandName]: Parse<Commands[Name]['asks']> };
