/*
 * What a server with Fastify may do with an error that its route throws. The tests of this lab carry out each of these
 * lines, and count what they log.
 */

/** What stands in the log at error about one failure. */
export type Outcome = 'whole' | 'bare' | 'twice' | 'nothing';

/** What each comes to; nothing else of the server differs from what Fastify does by itself. */
export const failingHandlers: Readonly<Record<Outcome, readonly string[]>> = {
  whole: [
    "catch (error) { request.log.error({ err: error }, 'no grades'); return reply.code(502).send({}); }",
    "catch (error) { throw new Error('no grades', { cause: error }); }",
    'app.setErrorHandler((error, request, reply) => { request.log.error(error); return reply.code(500).send({}); });',
  ],
  bare: [
    "catch (error) { request.log.error({ error }, 'no grades'); return reply.code(502).send({}); }",
    "catch (error) { request.log.error('no grades', error); return reply.code(502).send({}); }",
    // biome-ignore lint/suspicious/noTemplateCurlyInString: it is the code that is asked about.
    'catch (error) { request.log.error(`no grades: ${error}`); return reply.code(502).send({}); }',
  ],
  twice: [
    "catch (error) { request.log.error({ err: error }, 'no grades'); throw error; }",
    'catch (error) { request.log.error(error); return reply.send(error); }',
    'app.setErrorHandler((error, request) => { request.log.error(error); throw error; });',
  ],
  nothing: [
    'catch (error) { return { results: [] }; }',
    "catch (error) { request.log.warn({ err: error }, 'no grades'); return reply.code(502).send({}); }",
    'app.setErrorHandler((error, request, reply) => reply.code(500).send({}));',
    'Fastify({ logger: true, logController: new LogController({ disableRequestLogging: true }) });',
  ],
};
