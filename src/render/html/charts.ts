import type { BenchFigures, Latency, Speedup } from '../../kit/index.ts';
import { milliseconds, number, ratioFigure } from '../format.ts';
import { type Html, html } from './page.ts';

/** The four colours that the page has; a fifth variant takes the first again. */
const colours = 4;

const colour = (index: number) => `c${index % colours}`;
const at = (share: number) => `${(Math.min(1, Math.max(0, share)) * 100).toFixed(2)}%`;

/** A bar for each variant's answers a second, from 0. */
export function throughputChart({ variants }: BenchFigures): Html {
  const most = Math.max(...variants.map(({ throughput }) => throughput), 1);
  const rows = variants.map(({ label, throughput }, index) =>
    row(
      label,
      `${number(throughput)} req/s`,
      html`<span class="bar" style="left:0;width:${at(throughput / most)}"></span>`,
      index,
    ),
  );
  return chart('Throughput', 'Answers a second; longer is better.', rows);
}

const marks: readonly (keyof Latency)[] = ['p50Ms', 'p90Ms', 'p95Ms', 'p99Ms', 'maxMs'];

/** Where half, 90, 95, 99 and all of a variant's answers lie, on a logarithmic axis. */
export function latencyChart({ variants }: BenchFigures): Html {
  const all = variants.flatMap(({ latency }) => marks.map((mark) => latency[mark]));
  const scale = logScale(all.filter((value) => value > 0));
  const rows = variants.map(({ label, latency }, index) => {
    const [first, last] = [scale.share(latency.p50Ms), scale.share(latency.maxMs)];
    const dots = marks.map(
      (mark) => html`<span class="dot" style="left:${at(scale.share(latency[mark]))}"></span>`,
    );
    const span = html`<span class="span" style="left:${at(first)};width:${at(last - first)}"></span>`;
    const figures = `p50 ${milliseconds(latency.p50Ms)}, p99 ${milliseconds(latency.p99Ms)}, max ${milliseconds(latency.maxMs)}`;
    return row(label, figures, html`${span}${dots}`, index);
  });
  const axis = html`<div class="axis"><span>${milliseconds(scale.low)}</span><span>${milliseconds(scale.high)}</span></div>`;
  return chart(
    'Latency',
    'The dots are the median, the percentiles 90, 95 and 99, and the slowest answer; further left is better. The axis is logarithmic.',
    [...rows, axis],
  );
}

/** One speed-up with the run that it was measured in. */
export interface PlacedSpeedup {
  /** `run 7, cache on` */
  label: string;
  speedup: Speedup;
  /** The variant's place in its run, from 0: it has one colour in all charts. */
  variantIndex: number;
}

/** Each speed-up as a dot with its interval, beside the line at 1 on which nothing differs. */
export function speedupChart(placed: readonly PlacedSpeedup[]): Html {
  const ends = placed.flatMap(({ speedup }) => [speedup.interval.low, speedup.interval.high]);
  const scale = logScale([1, ...ends.filter((value) => value > 0)]);
  const one = html`<span class="one" style="left:${at(scale.share(1))}"></span>`;
  const rows = placed.map(({ label, speedup: { ratio, interval, differs }, variantIndex }) => {
    const [low, high] = [scale.share(interval.low), scale.share(interval.high)];
    const figures = `${differs ? `${ratioFigure(ratio)} times` : 'no difference shown'}, ${ratioFigure(interval.low)} to ${ratioFigure(interval.high)}`;
    return row(
      label,
      figures,
      html`${one}<span class="span" style="left:${at(low)};width:${at(high - low)}"></span><span class="dot" style="left:${at(scale.share(ratio))}"></span>`,
      variantIndex,
    );
  });
  return chart(
    'Speed-up',
    'Against the first variant of the same run, with the 95 % interval. The dashed line is 1: an interval that holds it shows no difference. The axis is logarithmic.',
    rows,
  );
}

function chart(title: string, caption: string, rows: readonly Html[]): Html {
  return html`<figure class="chart"><h3>${title}</h3>
${rows}
<figcaption>${caption}</figcaption></figure>`;
}

function row(name: string, figures: string, track: Html, index: number): Html {
  return html`<div class="row ${colour(index)}"><div class="name"><span>${name}</span><span>${figures}</span></div><div class="track" aria-hidden="true">${track}</div></div>`;
}

/** A logarithmic axis over whole powers of ten, so that charts of different runs look alike. */
function logScale(values: readonly number[]) {
  const powers = values.map(Math.log10);
  const low = Math.floor(Math.min(...powers, 0));
  const high = Math.max(Math.ceil(Math.max(...powers, 0)), low + 1);
  return {
    low: 10 ** low,
    high: 10 ** high,
    /** From 0 at the left end to 1 at the right one. */
    share: (value: number) => (Math.log10(Math.max(value, 10 ** low)) - low) / (high - low),
  };
}
