import type { Answer, CallFilter, Probe, ProbeRequest, Server } from 'course-labs/kit';
import { apiPath } from 'course-labs/kit';

/** How many clients want the same thing at the same moment. */
export const crowd = 50;

export const statsPath = (name = ''): string => apiPath('subjects', name, 'stats');
export const callsAbout = (name = '') => ({ route: 'subject-stats', key: name }) as const;

/** A name that no subject has. */
export const madeUpName = ({ random }: Pick<Probe, 'random'>): string =>
  `nobody-${random.text(10)}`;

/** The same request, again and again. */
export const times = (count: number, name: string): ProbeRequest[] =>
  Array.from({ length: count }, () => ({ path: statsPath(name) }));

/** Requests that are all there before the origin answers any of them. */
export interface Together {
  requests: readonly ProbeRequest[];
  /** The calls that are held. */
  held: CallFilter;
  /** Default: the server of the probe. */
  server?: Server;
  /** Resolves when the calls may be let go; default: when the server has read all requests. */
  until?(): Promise<unknown>;
}

/** Sends them all, holds what reaches the origin until all are there, and gives their answers. */
export async function together(probe: Probe, options: Together): Promise<Answer[]> {
  const {
    requests,
    held,
    server = probe.server,
    until = () => hasReadAll(probe, server),
  } = options;
  const hold = await probe.origin.hold(held);
  const answers = Promise.all(requests.map((request) => server.request(request)));
  const letGo = until().finally(() => hold.release());
  const [all] = await Promise.all([answers, letGo]);
  return all;
}

const controls = 20;
const patienceMs = 1_000;

/**
 * Resolves when a server has read the requests that were sent before. A request that waits for another's call reaches
 * nothing where it could be seen. But a server that answers one control request after the other has, in between, read
 * all that was there before them. One that works on few requests at a time answers none while they wait: then a second
 * must do.
 */
export async function hasReadAll(probe: Probe, server: Server): Promise<void> {
  const ask = async () => {
    for (let control = 0; control < controls; control += 1) await server.get('/healthz');
  };
  const asked = ask().catch(() => undefined);
  await Promise.race([asked, probe.waitUntil(probe.clock.nowMs() + patienceMs)]);
}
