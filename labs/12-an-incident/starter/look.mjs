/*
 * Given: reads the logs of the incident with nothing but Node. Change the part below the line, and
 * run it in this folder: node look.mjs
 */
import { readdirSync, readFileSync } from 'node:fs';

/** The records of all files in evidence/ whose name begins so, in order of time. */
function read(name) {
  const folder = new URL('evidence/', import.meta.url);
  return readdirSync(folder)
    .filter((file) => file.startsWith(name))
    .flatMap((file) => readFileSync(new URL(file, folder), 'utf8').trimEnd().split('\n'))
    .map((line) => JSON.parse(line))
    .sort((one, two) => (one.time < two.time ? -1 : 1));
}

const write = (...words) => process.stdout.write(`${words.join('  ')}\n`);

// ------------------------------------------------------------------------------------------------
// Answers by status, minute by minute.

const counts = new Map();
for (const { time, status } of read('access')) {
  const key = `${time.slice(11, 16)}  ${status}`;
  counts.set(key, (counts.get(key) ?? 0) + 1);
}
for (const [key, count] of counts) write(key, count);
