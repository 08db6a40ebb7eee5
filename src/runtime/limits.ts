/** What a launched program may use before it is ended. */
export interface Limits {
  /** V8's old space, in megabytes: objects, strings, closures. Where resident memory is looked at only now and then. */
  heapMegabytes: number;
  /** Resident memory in bytes: heap and buffers. */
  residentBytes: number;
  /** From the launch to the first answer, in milliseconds. */
  readyWithinMs: number;
  /** Output that is allowed at once, in bytes: what fills a bucket. */
  outputBytes: number;
  /** What leaks from the bucket each second, in bytes: output that may go on for ever. */
  outputBytesPerSecond: number;
  /** The size of any file that it writes, in bytes; of its output until we have read it. */
  fileBytes: number;
  /** What CACHE_DIR and ERROR_LOG may take of the disk together, in bytes; each file counts 4096 at least. */
  diskBytes: number;
  /** Output that is kept of each stream, in bytes; older lines fall off. */
  keptBytes: number;
}

const megabyte = 1024 * 1024;

/** A server that logs at debug under full load writes some 30 MB a second and must live; a loop without end writes GB. */
export const defaultLimits: Limits = {
  heapMegabytes: 256,
  residentBytes: 768 * megabyte,
  readyWithinMs: 30_000,
  outputBytes: 256 * megabyte,
  outputBytesPerSecond: 100 * megabyte,
  fileBytes: 1024 * megabyte,
  diskBytes: 512 * megabyte,
  keptBytes: 64 * megabyte,
};
