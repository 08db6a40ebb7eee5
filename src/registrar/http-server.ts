import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { messageOf } from '../errors.ts';
import type { Question } from './answers.ts';
import { readBody } from './body.ts';
import type { Sent } from './desk.ts';
import type { Office } from './office.ts';
import { readUrl } from './query.ts';
import { targetOf } from './target.ts';

/** The registrar over HTTP. It trusts its caller, and has no way to its own controls. */
export function createHttpServer(office: Office): Server {
  const server = createServer((request, response) => void serve(office, request, response));
  // A connection that the origin closes while a client sends would be our failure, not the client's: they stay open.
  server.keepAliveTimeout = 0;
  server.requestTimeout = 0;
  return server;
}

async function serve(
  { answers, desk, ledger, traffic, nowMs }: Office,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  const { method = 'GET', url = '/' } = request;
  const { path, query } = readUrl(url);
  const target = targetOf(method, path);
  const question: Question = { ...target, query, body: undefined };
  const call = ledger.open({
    route: target.route,
    method,
    path,
    key: answers.keyOf(question),
    query,
    requestId: request.headers['x-request-id']?.toString(),
    arrivedAtMs: nowMs(),
  });
  traffic.begin();
  const work = desk.arrive();
  let sent: Sent | undefined;
  try {
    if (method !== 'GET' && method !== 'HEAD') {
      question.body = await readBody(request);
      call.key = answers.keyOf(question);
    }
    sent = await work(call, question);
  } catch (error) {
    sent = { status: 500, body: JSON.stringify({ detail: messageOf(error) }), contentType };
  }
  call.status = sent.status;
  call.answeredAtMs = nowMs();
  traffic.end(call);
  send(response, sent);
}

const contentType = 'application/json';

function send(response: ServerResponse, { status, body, contentType: type }: Sent): void {
  if (body === undefined) {
    response.writeHead(status).end();
    return;
  }
  const length = Buffer.byteLength(body);
  response.writeHead(status, { 'content-type': type, 'content-length': length }).end(body);
}
