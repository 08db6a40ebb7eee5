/** What a program was given to write to; names the limit in sentences. */
export interface WritableNames {
  cacheDir: boolean;
  errorLog: boolean;
}

const denied = 'ERR_ACCESS_DENIED';
const addOnDenied = 'ERR_DLOPEN_DISABLED';
/** Node's words where the flag of `permissionFlags` has closed it, and on Node 20, which has none. */
const sqliteDenied = 'No such built-in module: node:sqlite';
/** How many lines an error with its properties takes on stderr. */
const linesOfAnError = 40;

/** The last access that Node's permission model refused, as a sentence that names the limit; undefined for none. */
export function refusedAccessIn(
  lines: readonly string[],
  writable: WritableNames,
): string | undefined {
  if (lines.some((line) => line.includes(sqliteDenied)))
    return 'The answer tried to use node:sqlite, which is closed to it here.';
  const at = lines.findLastIndex((line) => line.includes(denied) || line.includes(addOnDenied));
  if (at < 0) return undefined;
  if (lines[at]?.includes(addOnDenied))
    return 'The answer tried to load a native add-on; here it may load none.';
  // In a log record all stands in one line; on stderr `permission` and `resource` follow the code.
  const block = lines.slice(at, at + linesOfAnError).join('\n');
  const permission = property(block, 'permission');
  const resource = property(block, 'resource');
  if (permission !== undefined) return sentence(permission, resource, writable);
  const name = closedName(lines.slice(Math.max(0, at - linesOfAnError), at + 1));
  return name && `The answer tried to use ${name}, which is closed to it here.`;
}

/** Some functions are closed as a whole; then the message alone says which: `fs.symlink API requires full ...`. */
function closedName(lines: readonly string[]): string | undefined {
  const message = /(?:ERR_ACCESS_DENIED\]: |"message":")([\w.]+)/;
  return lines.map((line) => message.exec(line)?.[1]).findLast((name) => name !== undefined);
}

/** Reads `permission: 'FileSystemRead'` and `"permission":"FileSystemRead"`. */
function property(block: string, name: string): string | undefined {
  const [, single, double] =
    new RegExp(`\\b${name}["']?:\\s*(?:'((?:[^'\\\\]|\\\\.)*)'|"((?:[^"\\\\]|\\\\.)*)")`).exec(
      block,
    ) ?? [];
  const written = single ?? double;
  return written === '' ? undefined : written?.replace(/\\(.)/g, '$1');
}

function sentence(
  permission: string,
  resource: string | undefined,
  writable: WritableNames,
): string {
  const what = resource ?? 'a file';
  switch (permission) {
    case 'FileSystemWrite':
      return `The answer tried to write ${what}; ${writeLimit(writable)}.`;
    case 'FileSystemRead':
      return `The answer tried to read ${what}; here it may read only its workspace and the installed packages.`;
    case 'ChildProcess':
      return `The answer tried to start ${resource ? `the program ${resource}` : 'another program'}; here it may start none.`;
    case 'WorkerThreads':
      return 'The answer tried to start a worker thread; in this lab it may start none.';
    case 'Signal':
      return `The answer tried to signal ${Number(resource) > 0 ? `process ${resource}` : 'a group of processes'}; here it may signal only itself.`;
    default:
      return `The answer tried to use what is closed to it here: ${permission}.`;
  }
}

function writeLimit({ cacheDir, errorLog }: WritableNames): string {
  const names = [...(cacheDir ? ['in CACHE_DIR'] : []), ...(errorLog ? ['to ERROR_LOG'] : [])];
  return names.length === 0
    ? 'here it may write no files'
    : `here it may write only ${names.join(' and ')}`;
}
