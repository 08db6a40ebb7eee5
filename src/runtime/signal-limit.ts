/**
 * Runs in the answer's process before the answer: it may signal itself, and ask whether another process is there
 * (signal 0), but end none. Node's permission model knows no signals. The error looks as the model's own do.
 */
const script = `
const { pid: own } = process;
const { apply } = Reflect;
for (const name of ['kill', '_kill', '_debugProcess']) {
  const real = process[name];
  if (typeof real !== 'function') continue;
  process[name] = (pid, signal) => {
    const to = +pid;
    if (to === own || (signal === 0 && name !== '_debugProcess')) return apply(real, process, [to, signal]);
    throw Object.assign(new Error('Access to this API has been restricted'), {
      code: 'ERR_ACCESS_DENIED', permission: 'Signal', resource: String(to),
    });
  };
}`;

/** The flag of Node that keeps a program from signalling others. A URL: a file of its own would have to be readable. */
export const signalLimitFlag = `--import=data:text/javascript,${encodeURIComponent(script.trim())}`;
