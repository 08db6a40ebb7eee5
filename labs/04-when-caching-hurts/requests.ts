import type { Answer, FailureContext, Origin, Probe, ProbeRequest, Server } from 'course-labs/kit';
import { apiPath, demand } from 'course-labs/kit';

export const listPath = apiPath('announcements');
export const searchPath = (search: string) =>
  `${apiPath('subjects')}?${new URLSearchParams({ search })}`;
export const seatsPath = (name: string) => apiPath('seats', name);

/** As many searches that nobody has made before and nobody will make again. */
export function oneOffs({ random }: Pick<Probe, 'random'>, count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${random.text(7)}-${index}`);
}

/** Sends the requests in their order, at most ten at a time. */
export async function askAll<Request>(
  requests: readonly Request[],
  ask: (request: Request) => Promise<void>,
): Promise<void> {
  let next = 0;
  const client = async () => {
    for (let index = next++; index < requests.length; index = next++) {
      await ask(requests[index] as Request);
    }
  };
  await Promise.all(Array.from({ length: 10 }, client));
}

/** How often the origin was asked for each of these searches. */
export async function searchCalls(
  origin: Origin,
  searches: readonly string[],
): Promise<Map<string, number>> {
  const calls = new Map(searches.map((search) => [search, 0]));
  for (const { query } of await origin.calls({ route: 'subjects' })) {
    const known = calls.get(query.search ?? '');
    if (known !== undefined) calls.set(query.search ?? '', known + 1);
  }
  return calls;
}

/** Asks once, which must be answered 200. */
export async function askWell(
  server: Server,
  request: ProbeRequest,
  context: FailureContext,
): Promise<Answer> {
  const answer = await server.request(request);
  demand('status', 200, answer.status, { ...context, request });
  return answer;
}
