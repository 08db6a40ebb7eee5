import { percentDecoded } from '../kit/percent-decoded.ts';

/** Where a Redis answers, and as whom. */
export interface RedisAddress {
  /** A name or a number; an IPv6 number without brackets. */
  host: string;
  port: number;
  username: string | undefined;
  password: string | undefined;
  /** Undefined where none is named. */
  database: number | undefined;
}

const defaultPort = 6379;

/** Reads `redis://user:password@host:port/database`; undefined where the text is no such address. */
export function readRedisUrl(text: string): RedisAddress | undefined {
  if (!URL.canParse(text)) return undefined;
  const { protocol, hostname, port, username, password, pathname } = new URL(text);
  const [, database] = /^\/?(\d{1,9})?$/.exec(pathname) ?? [undefined, 'none'];
  if (protocol !== 'redis:' || hostname === '' || database === 'none') return undefined;
  return {
    host: hostname.replace(/^\[|\]$/g, ''),
    port: port === '' ? defaultPort : Number(port),
    username: decoded(username),
    password: decoded(password),
    database: database === undefined ? undefined : Number(database),
  };
}

/** The text that `readRedisUrl` reads. */
export function writeRedisUrl(address: RedisAddress): string {
  const { host, port, username, password, database } = address;
  const user = encodeURIComponent(username ?? '');
  const secret = password === undefined ? '' : `:${encodeURIComponent(password)}`;
  const who = user + secret === '' ? '' : `${user}${secret}@`;
  const where = host.includes(':') ? `[${host}]` : host;
  return `redis://${who}${where}:${port}${database === undefined ? '' : `/${database}`}`;
}

function decoded(text: string): string | undefined {
  if (text === '') return undefined;
  // A bare % in a password is meant as it stands; the parser has encoded what stands beside it.
  return percentDecoded(text)?.text ?? text;
}
