import type { Lab } from '../catalog/types.ts';
import type { CodeVerdict } from '../grading/verdict.ts';
import { curlLine } from '../kit/index.ts';
import type { Repair } from '../render/failed-check.ts';

/** Where `serve` listens unless it is told otherwise. */
export function servePort(lab: Pick<Lab, 'number'>): number {
  return 4100 + lab.number;
}

/** The commands that bring each failed check's situation back, by check id. */
export function repairsOf(
  lab: Pick<Lab, 'number'>,
  verdict: CodeVerdict,
  program: string,
): Readonly<Record<string, Repair>> {
  const url = `http://127.0.0.1:${servePort(lab)}`;
  const failed = verdict.checks.filter(({ outcome }) => outcome === 'failed');
  return Object.fromEntries(
    failed.map(({ id, failure }) => [
      id,
      {
        serveCommand: `${program} serve ${lab.number} --mine --seed ${verdict.seed} --check ${id}`,
        curl: failure?.request && curlLine(failure.request, url),
        hintCommand: `${program} hint ${lab.number}`,
      },
    ]),
  );
}
