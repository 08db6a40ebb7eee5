import { readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { XMLParser, XMLValidator } from 'fast-xml-parser';
import { describe, expect, it } from 'vitest';
import { report } from '../grading/report.testing.ts';
import { findingsOf } from '../grading/report-findings.ts';
import { gradescopeResults } from './report-gradescope.ts';
import { renderJUnit } from './report-junit.ts';
import { escapeXml } from './xml.ts';

const validate = (schema: object, document: unknown) => {
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  const check = ajv.compile(schema);
  check(JSON.parse(JSON.stringify(document)));
  return check.errors ?? [];
};

describe('the JSON report', () => {
  const schema = JSON.parse(
    readFileSync(new URL('../grading/report.schema.json', import.meta.url), 'utf8'),
  );

  it('is what its schema says', () => {
    expect(validate(schema, { ...report, findings: findingsOf(report) })).toEqual([]);
  });

  it('has a schema that refuses what it should', () => {
    expect(validate(schema, { ...report, findings: [], points: -1 })).not.toEqual([]);
    expect(validate(schema, report)).not.toEqual([]);
  });
});

describe('JUnit', () => {
  it('is read by a library that is not ours, with every count right', () => {
    const xml = renderJUnit(report);
    expect(XMLValidator.validate(xml)).toBe(true);
    const { testsuites } = new XMLParser({
      ignoreAttributes: false,
      attributeNamePrefix: '',
      isArray: (name) => name === 'testsuite' || name === 'testcase',
    }).parse(xml);
    expect(testsuites).toMatchObject({ tests: '4', failures: '1', skipped: '0' });
    const [suite, empty] = testsuites.testsuite;
    expect(suite.testcase.map(({ name }: { name: string }) => name)).toEqual([
      'C1 repeat: a second request makes no call',
      'C1 expires: entries <expire> & "end"',
      'Q1: The hit rate of your run',
      'Q3: The most calls',
    ]);
    expect(suite.testcase[3].failure.message).toBe('0 of 12 points');
    expect(empty.tests).toBe('0');
  });

  it('lets through nothing that XML has no place for', () => {
    const text = `a${String.fromCharCode(0)}b${String.fromCharCode(27)}[1m<&>"'`;
    const xml = `<a b="${escapeXml(text)}"/>`;
    expect(XMLValidator.validate(xml)).toBe(true);
    expect(escapeXml(text)).not.toContain(String.fromCharCode(27));
  });
});

/** Written from the documentation "Autograder Specifications", section on results.json. */
const gradescopeSchema = {
  type: 'object',
  anyOf: [{ required: ['score'] }, { required: ['tests'] }],
  properties: {
    score: { type: 'number', minimum: 0 },
    execution_time: { type: 'number' },
    output: { type: 'string' },
    output_format: { enum: ['text', 'html', 'simple_format', 'md', 'ansi'] },
    visibility: { enum: ['hidden', 'after_due_date', 'after_published', 'visible'] },
    stdout_visibility: { enum: ['hidden', 'after_due_date', 'after_published', 'visible'] },
    extra_data: { type: 'object' },
    tests: {
      type: 'array',
      items: {
        type: 'object',
        additionalProperties: false,
        properties: {
          score: { type: 'number', minimum: 0 },
          max_score: { type: 'number' },
          status: { enum: ['passed', 'failed'] },
          name: { type: 'string' },
          name_format: { enum: ['text', 'html', 'simple_format', 'md', 'ansi'] },
          number: { type: 'string' },
          output: { type: 'string' },
          output_format: { enum: ['text', 'html', 'simple_format', 'md', 'ansi'] },
          tags: { type: 'array' },
          visibility: { enum: ['hidden', 'after_due_date', 'after_published', 'visible'] },
          extra_data: { type: 'object' },
        },
      },
    },
  },
  additionalProperties: false,
};

describe('Gradescope', () => {
  it('gets what its documentation asks for', () => {
    const results = gradescopeResults(report, findingsOf(report), false);
    expect(validate(gradescopeSchema, results)).toEqual([]);
    expect(results.score).toBe(68);
    expect(results.tests.map(({ number, score }) => [number, score])).toEqual([
      ['1.C1', 60],
      ['1.Q1', 8],
      ['1.Q3', 0],
    ]);
  });

  it('counts code as it was graded again, and what could not be graded as nothing', () => {
    const forged = gradescopeResults(report, [], true);
    expect([forged.score, forged.tests[0]?.score]).toEqual([8, 0]);
    const verified = { seed: 5, points: 48, possible: 60, notJudged: 0, passed: false };
    const checks = [{ id: 'subjects-do-not-mix', outcome: 'failed' as const }];
    const again = {
      ...report,
      labs: report.labs.map((lab) => ({
        ...lab,
        code: lab.code.map((code) => ({ ...code, verified: { ...verified, checks } })),
      })),
    };
    const results = gradescopeResults(again, [], true);
    expect(results).toMatchObject({ score: 56, output: expect.stringMatching(/^56 of/) });
    expect(results.tests[0]).toMatchObject({
      score: 48,
      status: 'failed',
      output: 'Graded again with seed 5. Did not pass: subjects-do-not-mix.',
    });
  });
});
