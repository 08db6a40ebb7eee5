import type { Cell, ExperimentResult, Probe } from 'course-labs/kit';
import { askWell, listPath } from './requests.ts';

const blocks = 3;
const requestsInBlock = 20;
const words = { asked: 'the announcements', rationale: 'They are to be measured.' };

const kinds = ['off', 'hit', 'miss'] as const;
type Kind = (typeof kinds)[number];

/** What the newsletter's links leave for texts and questions. */
export interface LettersData {
  /**
   * What a request costs, in milliseconds to a tenth: CPU time of the server on average, or, where the system does not
   * tell, the median time until its answer.
   */
  ms: Record<Kind, number>;
  isCpu: boolean;
  /** What an entry takes in kilobytes, whole. */
  entryKB: number;
  /** The size of the list as text, in kilobytes. */
  textKB: number;
}

/**
 * The large list without a cache, at one address again and again, and each time at an address that is new, as the
 * links of a newsletter are when each of them names its reader.
 */
export async function letters(probe: Probe): Promise<ExperimentResult> {
  const { server } = probe;
  const plain = await probe.launch({ cacheBackend: 'none' });
  const serverOf = { off: plain, hit: server, miss: server };
  const newAddress = () => `${listPath}?reader=${probe.random.text(10)}`;
  const waited: Record<Kind, number[]> = { off: [], hit: [], miss: [] };
  const cpuMs: Record<Kind, number> = { off: 0, hit: 0, miss: 0 };
  let textBytes = 0;

  const measureBlock = async (kind: Kind) => {
    const before = await serverOf[kind].usage();
    for (let count = 0; count < requestsInBlock; count += 1) {
      const path = kind === 'miss' ? newAddress() : listPath;
      const answer = await askWell(serverOf[kind], { path }, words);
      waited[kind].push(answer.receivedAtMs - answer.sentAtMs);
      textBytes = Buffer.byteLength(answer.text);
    }
    const after = await serverOf[kind].usage();
    if (before && after) cpuMs[kind] += after.cpuMs - before.cpuMs;
  };

  // A process is slow at first, and takes memory that it keeps: neither is the cache's doing.
  for (const kind of kinds) {
    await measureBlock(kind);
    waited[kind] = [];
    cpuMs[kind] = 0;
  }
  const before = await server.usage();
  for (let block = 0; block < blocks; block += 1) {
    for (const kind of kinds) await measureBlock(kind);
  }
  const after = await server.usage();
  const entries = blocks * requestsInBlock;
  const grown = before && after ? (after.memoryBytes - before.memoryBytes) / entries : 0;
  // What was free in the process already may have taken the entries: then it does not grow by them.
  const told = grown > textBytes;
  const isCpu = before !== undefined;
  const waits = forEachKind((kind) => median(waited[kind]));
  const data: LettersData = {
    ms: isCpu ? forEachKind((kind) => cpuMs[kind] / entries) : waits,
    isCpu,
    entryKB: Math.round((told ? grown : textBytes) / 1000),
    textKB: Math.round(textBytes / 1000),
  };
  const row = (what: string, kind: Kind, kept: number): Cell[] => [
    what,
    { value: waits[kind], unit: 'ms', digits: 1 },
    isCpu ? { value: data.ms[kind], unit: 'ms', digits: 1 } : 'not available',
    { value: kept },
  ];
  return {
    data: { ...data },
    exhibit: {
      kind: 'table',
      title: `The announcements (${data.textKB} kB), ${entries} times each`,
      columns: ['asked', 'answered after', 'server CPU', 'entries kept'],
      rows: [
        row('without a cache', 'off', 0),
        row('at one address: hits', 'hit', 1),
        row('each at a new address: misses', 'miss', entries),
      ],
      notes: [
        told
          ? `The memory of the server grew by ${data.entryKB} kB for each entry.`
          : `The memory of the server did not show it; as text alone, an entry has ${data.entryKB} kB.`,
      ],
    },
  };
}

/** To a tenth, as it is shown. */
function forEachKind(figure: (kind: Kind) => number): Record<Kind, number> {
  const shown = (kind: Kind) => Math.round(figure(kind) * 10) / 10;
  return { off: shown('off'), hit: shown('hit'), miss: shown('miss') };
}

function median(times: readonly number[]): number {
  return times.toSorted((a, b) => a - b)[Math.floor(times.length / 2)] ?? 0;
}
