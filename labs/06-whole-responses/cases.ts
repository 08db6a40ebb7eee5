import type { ProbeRequest, ScriptedPage } from 'course-labs/kit';

/** Who comes to a page, and how: by HEAD, signed in, with a cookie, with a language. */
export type Visitor = Omit<ProbeRequest, 'path' | 'body'>;

/** Two visitors of one page, which has changed when the second one comes. */
export interface Case {
  /** `a page with Cache-Control: "Private", twice`. */
  what: string;
  /** What the first visitor finds: a page, no page yet, or an origin that fails. */
  found?: Partial<ScriptedPage> | 'nothing' | 'failure';
  /** What the page's headers are for the second; default those of the first. */
  changed?: ScriptedPage['headers'];
  first?: Visitor;
  second?: Visitor;
}

/** A page for each value that the header may have. */
export function withHeader(name: string, values: readonly string[]): Case[] {
  return values.map((value) => ({
    what: `a page with ${name}: "${value}", by two visitors`,
    found: { headers: { [name]: value } },
  }));
}

type Headers = Readonly<Record<string, string>>;

/** A page that varies, and the headers of its two visitors. */
export function varying(vary: string, one: Headers, two: Headers): Case {
  const what = `a page with Vary: ${vary}, first ${told(one)}, then ${told(two)}`;
  const [first, second] = [{ headers: one }, { headers: two }];
  return { what, found: { headers: { Vary: vary } }, first, second };
}

function told(headers: Headers): string {
  const all = Object.entries(headers).map(([name, value]) => `${name}: "${value}"`);
  return all.length === 0 ? 'without it' : `with ${all.join(' and ')}`;
}

/** `, Vary: Cookie`; empty where there are no headers. */
export function withThese(headers: Headers): string {
  const all = Object.entries(headers);
  return all.length === 0 ? '' : `, ${all.map(([name, value]) => `${name}: ${value}`).join(', ')}`;
}
