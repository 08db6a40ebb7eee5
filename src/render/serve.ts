import type { Failure, OriginCall } from '../kit/index.ts';
import { displayWidth } from './display-width.ts';
import { failureBlocks } from './failed-check.ts';
import { milliseconds } from './format.ts';
import { commandLines, headline, labelled, paragraph, parts, screen, stack } from './layout.ts';
import { pad, truncate } from './text.ts';
import type { Theme } from './theme.ts';

/** What `serve` started. */
export interface ServeModel {
  lab: { number: number; title: string };
  server: 'demonstration' | 'mine';
  /** `http://127.0.0.1:4101` */
  url: string;
  seed: number;
  /** The check whose situation was brought back; without a failure it passes now. */
  check?: { id: string; title: string; failure?: Failure | undefined } | undefined;
  /** What else is running: `origin`, `http://127.0.0.1:4901`. */
  running: readonly { name: string; detail: string }[];
  /** Requests to try, whole. */
  curl: readonly string[];
}

/** Where the server answers, what to try, and what was brought back. */
export const renderServe = screen<ServeModel>((model, theme) => {
  const { lab, check } = model;
  const whose = model.server === 'mine' ? 'your server' : "the lab's server";
  return stack(
    headline(parts([theme.style.heading(`Lab ${lab.number}`), lab.title], theme), '', theme),
    labelled(
      [
        [whose, theme.style.accent(model.url)],
        ...model.running.map(({ name, detail }) => [name, detail] as const),
        ['seed', String(model.seed)],
      ],
      theme,
    ),
    check === undefined ? [] : situationLines(check, theme),
    model.curl.length === 0
      ? []
      : [
          'Try it in another terminal:',
          ...commandLines(
            model.curl.map((command) => ({ label: '', command })),
            theme,
          ),
        ],
    paragraph('Calls that reach the origin appear below. Ctrl-C ends it.', theme),
  );
});

function situationLines(check: NonNullable<ServeModel['check']>, theme: Theme): string[] {
  const { id, title, failure } = check;
  const heading = paragraph(`The situation of ${theme.style.strong(id)}: ${title}`, theme);
  if (failure === undefined)
    return [
      ...heading,
      ...paragraph('This check passes now: there is nothing to bring back.', theme),
    ];
  return stack(heading, ...failureBlocks(failure, theme.measure, theme));
}

/** One call that reached the origin, in one line: where that is too long, without the request id and the end of the path. */
export const renderOriginCall = screen<OriginCall>((call, theme) => {
  const { sequence, method, requestId } = call;
  if (theme.plain) return paragraph(spokenCall(call), theme);
  const lead = `${pad(String(sequence), 4, 'right')}  ${pad(method, 4)} `;
  const answer = `  ${answerText(call)}`;
  const path = pathText(call);
  const id = requestId === undefined ? '' : `  ${requestId}`;
  const room = theme.room - displayWidth(lead) - displayWidth(answer);
  if (displayWidth(path) + displayWidth(id) <= room) {
    return [lead + theme.style.code(path) + answer + theme.style.muted(id)];
  }
  return [lead + theme.style.code(truncate(path, room, theme.symbols.ellipsis)) + answer];
});

function spokenCall(call: OriginCall): string {
  const { sequence, method, requestId } = call;
  const id = requestId === undefined ? '' : `, request ${requestId}`;
  const answer = call.status === undefined ? '' : 'status ';
  return `Call ${sequence}: ${method} ${pathText(call)}: ${answer}${answerText(call, ', ')}${id}.`;
}

function pathText({ path, query }: OriginCall): string {
  const pairs = Object.entries(query).map(([name, value]) => `${name}=${value}`);
  return pairs.length === 0 ? path : `${path}?${pairs.join('&')}`;
}

function answerText({ status, arrivedAtMs, answeredAtMs }: OriginCall, between = '  '): string {
  if (status === undefined || answeredAtMs === undefined) return 'not answered yet';
  return `${status}${between}${milliseconds(answeredAtMs - arrivedAtMs)}`;
}
