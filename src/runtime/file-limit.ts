/** POSIX counts this limit in blocks of 512 bytes. */
const blockBytes = 512;

/**
 * The command that starts a program with a limit of the kernel on every file that it writes, its output too (writing
 * beyond fails with EFBIG, or SIGXFSZ ends the program). The watch over the output comes first as long as we get to
 * look; this holds when we do not, as when the CLI is suspended: the disk is not ours to fill. Node cannot set the
 * limit of a child, so a shell does, and becomes the program; `env` keeps the shell's own variables from it.
 */
export function fileLimited(
  command: { file: string; args: readonly string[]; environment: Readonly<Record<string, string>> },
  limitBytes: number,
): { file: string; args: readonly string[] } {
  const blocks = Math.floor(limitBytes / blockBytes);
  const variables = Object.entries(command.environment).map(([name, value]) => `${name}=${value}`);
  const script = `ulimit -f ${blocks}; exec /usr/bin/env -i "$@"`;
  return {
    file: '/bin/sh',
    args: ['-c', script, 'sh', ...variables, command.file, ...command.args],
  };
}
