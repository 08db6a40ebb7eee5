import { openCapture } from './capture.ts';
import { baseEnvironment } from './environment.ts';
import { startProcess } from './managed-process.ts';
import { signalGroup } from './process-group.ts';
import type { RuntimeSetting } from './setting.ts';
import { lastOutput } from './start-failure.ts';
import type { Tool, ToolOptions } from './types.ts';

const keptBytes = 1024 * 1024;

/** Starts a program that the course needs and did not write. Rejects with the system's error where it cannot be run. */
export async function startToolProcess(
  { file, args, cwd, environment }: ToolOptions,
  setting: RuntimeSetting,
): Promise<Tool> {
  const output = openCapture(keptBytes);
  const managed = await startProcess(
    {
      name: file,
      file,
      args,
      cwd,
      environment: { ...baseEnvironment(setting.environment), ...environment },
      output: [output.fd, output.fd],
    },
    setting.guard,
  ).catch((error: unknown) => {
    output.close();
    throw error;
  });
  const { pid } = managed;
  const end = managed.end.then((how) => {
    output.close();
    return how;
  });
  const signal = (name: 'SIGSTOP' | 'SIGCONT') => {
    // Once it has ended, its number may be somebody else's.
    if (managed.ended() === undefined) signalGroup(pid, name);
  };
  return {
    pid,
    output: () => lastOutput({ stderr: [], stdout: output.lines(managed.ended() !== undefined) }),
    ended: managed.ended,
    suspend: () => signal('SIGSTOP'),
    resume: () => signal('SIGCONT'),
    async kill() {
      await managed.kill();
      return end;
    },
  };
}
