#!/usr/bin/env node
// The global `process`: to import it reads all its properties, which opens the three streams.
const { env, versions } = process;
const [major, minor] = versions.node.split('.').map(Number);

// Where both are set, NO_COLOR wins. Newer Nodes see it otherwise, and would warn us of it (`getColorDepth`, nodejs.org/api/tty.html).
if (env.NO_COLOR) delete env.FORCE_COLOR;

if (major < 20 || (major === 20 && minor < 19)) {
  process.stderr.write(
    `course-labs needs Node 20.19 or later; this is Node ${versions.node}.\nA newer one: https://nodejs.org/\n`,
  );
  process.exitCode = 3;
} else {
  await import('../dist/cli.js');
}
