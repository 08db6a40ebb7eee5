import { spawnSync } from 'node:child_process';
import { execPath, stderr } from 'node:process';

// The short form of each script of figures, one after the other, in some two minutes: that they run, and find nothing.
const names = [
  'figures',
  'faults',
  'accepted',
  'mutate',
  'containment',
  'nodes',
  'statistics',
  'steady',
];
const failed = names.filter((name) => {
  const startedAt = performance.now();
  const args = ['scripts/run.mjs', `scripts/${name}.ts`, '--short'];
  const { status } = spawnSync(execPath, args, { stdio: ['ignore', 'inherit', 'ignore'] });
  const seconds = ((performance.now() - startedAt) / 1000).toFixed(0);
  stderr.write(`\n${name}: ${status === 0 ? 'fine' : `ended with ${status}`}, ${seconds} s\n\n`);
  return status !== 0;
});
if (failed.length > 0) throw new Error(`${failed.join(', ')}: each can be run by itself.`);
