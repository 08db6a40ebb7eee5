import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { expect, it } from 'vitest';
import { listeningPorts } from '../../runtime/listening-ports.ts';
import { descendantsOf, freshFolder, start, until } from './program.testing.ts';

/** Of Node, where no other was asked for. */
const debuggerPort = 9229;

// Whoever reaches a debugger can do what the process can: an answer would grade itself.
it.runIf(process.platform === 'linux')(
  'none of our processes opens its debugger when it is asked to',
  async () => {
    const { child, stdout, ended } = start(['serve', '1'], freshFolder());
    const cli = child.pid ?? 0;
    try {
      await until('the server is there', () => stdout().includes('curl -s'), 60_000);
      const ours = descendantsOf(cli)
        .map(({ pid }) => pid)
        .filter((pid) => /dist\/(?:registrar|keeper)\.js/.test(commandLine(pid)));
      expect(ours).toHaveLength(2);
      for (const pid of [cli, ...ours]) process.kill(pid, 'SIGUSR1');
      await untilAnotherOpensIt();
      for (const pid of [cli, ...ours]) expect(listeningPorts(pid)).not.toContain(debuggerPort);
    } finally {
      child.kill('SIGINT');
      await ended;
    }
  },
  120_000,
);

/** A Node that does nothing against it is asked after the others: once its debugger listens, theirs would have. */
async function untilAnotherOpensIt(): Promise<void> {
  const args = ['--inspect-port=0', '-e', "console.log('here'); setInterval(() => {}, 1000)"];
  const other = spawn(process.execPath, args, { stdio: ['ignore', 'pipe', 'ignore'] });
  try {
    await once(other.stdout, 'data');
    other.kill('SIGUSR1');
    const opened = () => (listeningPorts(other.pid ?? 0)?.length ?? 0) > 0;
    await until('the debugger of a Node that opens it', opened);
  } finally {
    other.kill('SIGKILL');
  }
}

function commandLine(pid: number): string {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
}
