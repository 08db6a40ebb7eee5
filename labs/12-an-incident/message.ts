import type { PosedQuestion, School } from 'course-labs/kit';
import { incidentOf } from './evidence.ts';
import { findingsOf } from './incident-answers.ts';

/** Words for data of one's own, and for others who got to see them. */
const data = '(grades?|marks?|results?|statistics|data)';
const shown =
  "(other|others|another|else|else's|strangers?|wrong|leak\\w*|exposed|disclosed|visible|shown|seen)";

export function poseMessage(school: School): PosedQuestion {
  const incident = incidentOf(school);
  const { firstLeak, victims, endMinute } = findingsOf(incident);
  const { good } = incident.plan.versions;
  const back = `(roll(ed|ing)? ?back|rolled|rollback|revert(ed|ing)?|restored|went back|gone back|back to|(previous|earlier|old) version|${escaped(good)}|(switched|turned|taken) (off|out)|disabled|removed|withdrawn)`;
  const minute = escaped(firstLeak.minute).replace(':', '[:.h]');
  return {
    text: 'The incident is over, and the head of the school waits for a status message: for students, parents and teachers, in your own words, with the times as the logs have them (UTC). Write at most 1,000 characters. It must not hold what nobody should read there: least of all anything that opens an account.',
    format: {
      kind: 'message',
      facts: [
        {
          id: 'what',
          text: 'what happened: what was shown, and to whom',
          anyOf: [`\\b${data}\\b.*\\b${shown}(?![\\w])`, `\\b${shown}\\b.*\\b${data}\\b`],
          noneOf: [
            '\\bno (grades?|marks?|results?|data)\\b.{0,30}\\b(shown|leaked|exposed|disclosed)\\b',
            '\\bnothing\\b.{0,20}\\b(shown|leaked|exposed|disclosed)\\b',
          ],
        },
        {
          id: 'who',
          text: 'whom it concerns: the data of how many users',
          anyOf: [`(?<![\\d:.,-])${victims}(?![\\d:]|[.,]\\d|-\\d)`, `\\b${inWords(victims)}\\b`],
        },
        {
          id: 'since',
          text: 'since when data were shown, by the first answer that leaked: hours and minutes',
          anyOf: [`(?<!\\d)${minute}(?!\\d)`],
        },
        {
          id: 'mitigation',
          text: 'what has been done against it',
          anyOf: [`\\b${back}(?!\\w)`],
        },
      ],
      secrets: tokensIn(incident.files),
      longest: 1_000,
      example: `Since ${firstLeak.minute} UTC our API sent grades and statistics of ${victims} students to other students who were signed in. At ${endMinute} we went back to version ${good}, which does not do that. We write to all whose data were shown.`,
    },
    why: `What, who, since when, and what was done: ${victims} users, since ${firstLeak.minute}, and both instances are back at ${good}. A message like this is read by everybody, forwarded and kept: the lines of level debug, with the tokens in them, are the last thing to paste into it. Those tokens must be ended, too: they stand in the log now.`,
  };
}

/** What opens an account and stands in the files: lines of level debug are full of it. */
function tokensIn(files: Readonly<Record<string, string>>): string[] {
  const found = Object.values(files).flatMap((text) => [...text.matchAll(/\b[a-z0-9]{40}\b/g)]);
  return [...new Set(found.map(([token]) => token))];
}

const tens = ['', '', 'twenty', 'thirty', 'forty', 'fifty', 'sixty', 'seventy', 'eighty', 'ninety'];
const ones = ['', 'one', 'two', 'three', 'four', 'five', 'six', 'seven', 'eight', 'nine'];

/** A pattern for a number from 20 to 99 in words: `twenty-eight`. */
function inWords(count: number): string {
  const last = ones[count % 10] ?? '';
  return `${tens[Math.floor(count / 10)]}${last === '' ? '' : `[- ]?${last}`}`;
}

const escaped = (text: string) => text.replaceAll('.', '\\.');
