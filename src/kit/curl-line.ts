import type { ProbeRequest } from './server.ts';

/** The command that sends the request to the server at `url` (without a trailing slash), for a POSIX shell. */
export function curlLine(request: ProbeRequest, url: string): string {
  const { method = 'GET', path, headers = {}, body, token } = request;
  const given = new Set(Object.keys(headers).map((name) => name.toLowerCase()));
  const text = body === undefined || typeof body === 'string' ? body : JSON.stringify(body);
  const all = [
    ...(token !== undefined && !given.has('authorization')
      ? [['Authorization', `Token ${token}`]]
      : []),
    ...(text !== undefined && !given.has('content-type')
      ? [['Content-Type', 'application/json']]
      : []),
    ...Object.entries(headers),
  ] as [string, string][];
  return [
    'curl -s',
    ...options(method.toUpperCase(), path, text !== undefined),
    quote(`${url}${path}`),
    // curl takes `Name:` as "send no such header"; `Name;` sends it empty.
    ...all.map(([name, value]) => `-H ${quote(value === '' ? `${name};` : `${name}: ${value}`)}`),
    ...(text === undefined ? [] : [`--data-raw ${quote(text)}`]),
  ].join(' ');
}

function options(method: string, path: string, hasBody: boolean): string[] {
  const implied = hasBody ? 'POST' : 'GET';
  return [
    ...(method === 'HEAD' ? ['-I'] : method === implied ? [] : [`-X ${method}`]),
    // curl would read [1-3] and {a,b} as many addresses, and would take /./ and /../ away.
    ...(/[[\]{}]/.test(path) ? ['-g'] : []),
    ...(/\/\.\.?(\/|\?|$)/.test(path) ? ['--path-as-is'] : []),
  ];
}

function quote(text: string): string {
  return `'${text.replaceAll("'", "'\\''")}'`;
}
