import { cpus } from 'node:os';

/** What figures depend on, as far as a name tells it: `8 × AMD Ryzen 7 5800X`. No name of a person or a host. */
export function machineName(): string {
  const all = cpus();
  const model = all[0]?.model.replace(/\s+/g, ' ').trim();
  return `${all.length} × ${model || process.arch}`;
}
