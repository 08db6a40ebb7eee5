import type { School } from 'course-labs/kit';
import { type Instance, type Plan, timeOf } from './incident-plan.ts';

/** What people and their tools did to the system on that day, as the deploy log has it. */
export function deployLines(plan: Plan, { staff }: School): string[] {
  const [, operator = 'operations'] = staff.map(({ username }) => username);
  const { good, bad } = plan.versions;
  const line = (atMs: number, fields: Record<string, string>) => ({ atMs, fields });
  const api = (version: string, instance: Instance, note: string) => ({
    who: 'deploy-bot',
    what: 'deploy',
    service: 'api',
    version,
    instance,
    note,
  });
  const level = (instance: Instance, to: string, note: string) => ({
    who: operator,
    what: 'log level',
    service: 'api',
    instance,
    to,
    note,
  });
  const responseCache =
    'one response cache for all other GET routes, in place of the caches for each user; load test: 6 times as many answers a second';
  const minutes = (count: number) => count * 60_000;
  const lines = [
    line(-minutes(171) - 20_500, {
      who: 'deploy-bot',
      what: 'deploy',
      service: 'announcements',
      version: '1.3.0',
      note: 'new texts for the day of the results',
    }),
    line(-minutes(64) - 3_200, {
      ...api(good, 'a', 'longer names of subjects'),
    }),
    line(-minutes(63) - 40_900, { ...api(good, 'b', 'longer names of subjects') }),
    line(plan.deployMs.a, api(bad, 'a', responseCache)),
    line(plan.deployMs.b, api(bad, 'b', responseCache)),
    line(plan.noticeMs, {
      who: 'ms.ferrari',
      what: 'notice',
      service: 'app',
      note: 'message to all students: your results are there',
    }),
    line(plan.reportMs, {
      who: 'support',
      what: 'report',
      service: 'api',
      note: 'two students say that they see grades which are not theirs',
    }),
    line(plan.innocentMs, {
      who: 'deploy-bot',
      what: 'deploy',
      service: 'web',
      version: '5.3.1',
      note: 'colours of the login page',
    }),
    line(plan.flushMs, {
      who: operator,
      what: 'flush',
      service: 'cache',
      note: 'emptied the whole cache, in case something wrong is kept in it',
    }),
    line(plan.debugMs.a, level('a', 'debug', 'to see why it is slow')),
    line(plan.debugMs.b, level('b', 'debug', 'to see why it is slow')),
    line(plan.infoMs.a, level('a', 'info', 'no line to be found in all that')),
    line(plan.infoMs.b, level('b', 'info', 'no line to be found in all that')),
    line(plan.rollbackMs.a, api(good, 'a', `back from ${bad}`)),
    line(plan.rollbackMs.b, api(good, 'b', `back from ${bad}`)),
  ];
  return lines
    .sort((one, two) => one.atMs - two.atMs)
    .map(({ atMs, fields }) => JSON.stringify({ time: timeOf(plan, atMs), ...fields }));
}
