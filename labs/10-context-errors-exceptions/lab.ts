import { defineLab } from 'course-labs/kit';

export default defineLab({
  title: 'Context, errors and exceptions',
  objectives: ['T7', 'T8', 'E6', 'E7'],
  minutes: 50,
  incidents: [],
  routes: [],
  scenario: {
    title: () => 'x',
    requests: () => [{ path: '/healthz' }],
    connections: 10,
    origin: {},
    stableBody: true,
    variants: [
      { name: 'a', label: 'a', settings: {} },
      { name: 'b', label: 'b', settings: {} },
    ],
  },
  steps: [],
  exercises: [
    {
      kind: 'code',
      id: 'C1',
      title: 'x',
      objectives: ['T8'],
      points: 60,
      file: 'server.ts',
      hints: ['a', 'b', 'c'],
    },
  ],
});
