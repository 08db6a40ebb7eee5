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
      await new Promise((resolve) => setTimeout(resolve, 1000));
      for (const pid of [cli, ...ours]) expect(listeningPorts(pid)).not.toContain(debuggerPort);
    } finally {
      child.kill('SIGINT');
      await ended;
    }
  },
  120_000,
);

function commandLine(pid: number): string {
  return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
}
