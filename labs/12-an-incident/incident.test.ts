import { describe, expect, it } from 'vitest';
import { createSchool } from '../../src/registrar/school.ts';
import { createIncident } from './incident.ts';
import { findingsOf } from './incident-answers.ts';
import { busiestMinute, findLeaks, readRecords } from './reader.testing.ts';

const incidents = Array.from({ length: 24 }, (_, index) =>
  createIncident(createSchool(index * 104_729 + 3)),
);

interface Logged {
  level: number;
  time: string;
  msg: string;
  event?: string;
  outcome?: string;
  logger?: string;
}

describe('the incident', () => {
  it('can be found out from its files alone', () => {
    for (const incident of incidents) {
      const leaks = findLeaks(incident.files);
      expect(leaks.every(({ owner }) => owner !== undefined)).toBe(true);
      const { firstLeak, endMinute: _, ...findings } = findingsOf(incident);
      expect(leaks[0]).toMatchObject({ reqId: firstLeak.reqId, time: firstLeak.time });
      expect({
        leaked: leaks.length,
        victims: new Set(leaks.map(({ owner }) => owner)).size,
        receivers: new Set(leaks.map(({ userId }) => userId)).size,
        stampedeMinute: busiestMinute(incident.files),
      }).toEqual(findings);
    }
  });

  it('leaks on after the flush, and no more once both instances are rolled back', () => {
    for (const { plan, files } of incidents) {
      const times = findLeaks(files).map(({ time }) => Date.parse(time) - plan.startMs);
      expect(times.filter((atMs) => atMs > plan.flushMs).length).toBeGreaterThan(50);
      expect(times.filter((atMs) => atMs < plan.deployMs.a)).toEqual([]);
      const lastMs = Math.max(plan.rollbackMs.a, plan.rollbackMs.b);
      // What was under way at the rollback is answered a little later.
      expect(times.filter((atMs) => atMs > lastMs + 1_000)).toEqual([]);
    }
  });

  it('begins with a hit that is no leak, and shares public answers rightly', () => {
    for (const { plan, files } of incidents) {
      const since = new Date(plan.startMs + plan.deployMs.a).toISOString();
      const hit = readRecords<{ time: string; path: string; cache: string; reqId: string }>(
        files,
        'access',
      ).find(({ time, path, cache }) => time > since && path.includes('/me/') && cache === 'hit');
      expect(hit).toBeDefined();
      expect(findLeaks(files).some(({ reqId }) => reqId === hit?.reqId)).toBe(false);
    }
  });

  it('has false leads from before: a slow query, a broken connection, guessed passwords', () => {
    for (const { plan, files } of incidents) {
      const before = new Date(plan.startMs + plan.deployMs.a).toISOString();
      const records = readRecords<Logged>(files, 'app');
      const early = records.filter(({ time }) => time < before);
      expect(early.some(({ msg }) => msg === 'slow query')).toBe(true);
      expect(early.some(({ level }) => level === 50)).toBe(true);
      const guesses = records.filter(({ outcome }) => outcome === 'failure');
      expect(guesses).toHaveLength(26);
      const flushed = new Date(plan.startMs + plan.flushMs).toISOString();
      expect(guesses.every(({ time }) => time < flushed)).toBe(true);
    }
  });

  it('loses lines at debug, and none before', () => {
    for (const { plan, files } of incidents) {
      const losses = readRecords<Logged>(files, 'app').filter(
        ({ logger }) => logger === 'log-pipe',
      );
      const debug = new Date(plan.startMs + plan.debugMs.a).toISOString();
      expect(losses.length).toBeGreaterThan(10);
      expect(losses.every(({ time }) => time > debug)).toBe(true);
    }
  });

  it('is told in several thousand JSON lines of at most a megabyte and a half, in order of time', () => {
    for (const { files } of incidents) {
      expect(Object.keys(files).sort()).toEqual(
        'access-a access-b app-a app-b counters deploys'.split(' ').map((name) => `${name}.jsonl`),
      );
      const texts = Object.values(files);
      const bytes = texts.reduce((sum, text) => sum + Buffer.byteLength(text), 0);
      expect(bytes).toBeLessThan(1_550_000);
      const lines = texts.map((text) => text.trimEnd().split('\n'));
      expect(lines.flat().length).toBeGreaterThan(5_000);
      for (const file of lines) {
        const times = file.map((line) => (JSON.parse(line) as Logged).time);
        expect(times).toEqual(times.toSorted());
      }
    }
  });

  it('is the same for a seed, and another one for another', () => {
    const [one, two, other] = [7, 7, 8].map((seed) => createIncident(createSchool(seed)).files);
    expect(one).toEqual(two);
    expect(one).not.toEqual(other);
  });
});
