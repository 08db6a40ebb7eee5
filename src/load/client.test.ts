import { describe, expect, it } from 'vitest';
import type { ProcessEnd } from '../kit/index.ts';
import { connectLoad } from './client.ts';
import type { ToLoad } from './messages.ts';

const job = {
  url: 'http://127.0.0.1:4101',
  requests: [{ path: '/' }],
  connections: 1,
  durationSeconds: 0.001,
};

function fakeChannel() {
  const sent: ToLoad[] = [];
  let say: (message: unknown) => void = () => {};
  let end: (end: ProcessEnd, stderr: readonly string[]) => void = () => {};
  return {
    sent,
    say: (message: unknown) => say(message),
    end: (how: ProcessEnd, stderr: readonly string[]) => end(how, stderr),
    channel: {
      send: (message: unknown) => void sent.push(message as ToLoad),
      onMessage: (listener: typeof say) => {
        say = listener;
        return () => {};
      },
      onEnd: (listener: typeof end) => {
        end = listener;
      },
    },
  };
}

describe('connectLoad', () => {
  it('gives each answer to the one who asked', async () => {
    const { channel, sent, say } = fakeChannel();
    const load = connectLoad(channel);
    const on = load.latency('on');
    const off = load.latency('off');
    const [first, second] = sent as { id: number; series: string }[];
    say({ kind: 'latency', id: second?.id, latency: 'of off' });
    say({ kind: 'latency', id: first?.id, latency: 'of on' });
    expect([await on, await off]).toEqual(['of on', 'of off']);
  });

  it('rejects what waits, and all that follows, when the process has ended', async () => {
    const { channel, end } = fakeChannel();
    const load = connectLoad(channel);
    const measured = load.measure(job);
    end({ code: 1, signal: null }, ['Error: no autocannon', '']);
    const message = 'The load process ended (code 1): Error: no autocannon';
    await expect(measured).rejects.toMatchObject({ exitCode: 3, message });
    await expect(load.latency('on')).rejects.toMatchObject({ message });
  });

  it('does not wait for ever', async () => {
    const load = connectLoad(fakeChannel().channel, 5);
    await expect(load.measure(job)).rejects.toMatchObject({
      exitCode: 3,
      message: 'The load process did not answer in time.',
    });
  });

  it('sends nothing for a signal that has already fired', async () => {
    const { channel, sent } = fakeChannel();
    const reason = new Error('left');
    await expect(connectLoad(channel).measure(job, AbortSignal.abort(reason))).rejects.toBe(reason);
    expect(sent).toEqual([]);
  });
});
