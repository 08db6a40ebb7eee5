/** An address as it came, cut at its first question mark. */
export interface Asked {
  path: string;
  /** One value of each parameter: the first. */
  query: Readonly<Record<string, string>>;
}

/** Nothing is normalised but the encoding of the query. */
export function readUrl(url: string): Asked {
  const cut = url.indexOf('?');
  if (cut < 0) return { path: url, query: {} };
  const pairs = [...new URLSearchParams(url.slice(cut + 1))];
  // Of equal names the last one put in stays.
  return { path: url.slice(0, cut), query: Object.fromEntries(pairs.reverse()) };
}
