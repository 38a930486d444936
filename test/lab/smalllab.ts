// A lab of four steps for tests of the engine: look, lose something, look back on it, end.
import { type Lab, stepFile } from '../../src/lab/format.ts';

const component = 'kube-scheduler';
const ssh = { title: 'ssh', is: 'ssh-up' };

export function smallLab(): Lab {
  const step = (file: Record<string, unknown>, text = 'Some text.') => ({ ...stepFile.parse(file), text });
  return {
    name: 'small',
    folder: '/nowhere',
    title: 'Small',
    summary: 'For tests.',
    language: 'en',
    steps: [
      step({
        id: 'first',
        title: 'First',
        logs: component,
        actions: [
          { id: 'on-leader', title: 'Ask the leader', run: { on: 'leader', argv: ['date'], sudo: true } },
          { id: 'on-each', title: 'Ask all', run: { on: 'each', argv: ['uptime'] } },
        ],
        checks: [
          { ...ssh, id: 'first-level' },
          {
            id: 'first-edge',
            title: 'renewed',
            sort: 'edge',
            is: 'log-event',
            component,
            event: 'renewed',
            by: 'leader',
          },
        ],
        hints: ['Always.', { when: 'first-edge', text: 'Only before a renewal.' }],
      }),
      step({
        id: 'reading',
        title: 'Reading',
        skip: true,
        checks: [{ ...ssh, id: 'never', is: 'restored', component }],
      }),
      step(
        {
          id: 'lose',
          title: 'Lose it',
          guess: {
            question: 'How long?',
            choices: [
              { text: 'short', seconds: [0, 5] },
              { text: 'long', seconds: [5, 99] },
            ],
          },
          actions: [{ id: 'stop', title: 'Stop', fault: { component, kind: 'stop' } }],
          checks: [{ id: 'timed', title: 'timed', sort: 'edge', is: 'handover-timed', component }],
          explainAfter: 'timed',
          explain: '{{old-leader.kube-scheduler}} to {{new-leader.kube-scheduler}}: {{handover}}',
        },
        '{{old-leader.kube-scheduler}} leads.',
      ),
      step({ id: 'last', title: 'Last', needs: 'lose', checks: [{ ...ssh, id: 'last-ssh' }] }),
    ],
  };
}
