/** One record of the application log before it is written. */
export interface Entry {
  atMs: number;
  level: 20 | 30 | 40 | 50;
  fields: Readonly<Record<string, unknown>>;
  msg: string;
}
