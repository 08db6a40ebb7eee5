#!/usr/bin/env node
// The global `process`: to import it reads all its properties, which opens the three streams.
const [major, minor] = process.versions.node.split('.').map(Number);

if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `course-labs needs Node 20.19 or later; this is Node ${process.versions.node}.\nA newer one: https://nodejs.org/\n`,
  );
  process.exitCode = 3;
} else {
  await import('../dist/cli.js');
}
