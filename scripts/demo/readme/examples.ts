/** The examples of the README: the five questions, and two of them with a platform down or a field forbidden. */
import { readQuestions } from '../../tools/examples/questions.ts';
import type { Example } from './section.ts';

/** A field outside the department's view, which is to the department an unknown field. */
const REFUSED = 'query NotShared { cases(within: "420100", first: 1) { nodes { id reporter { name phone } } } }';

export async function readExamples(): Promise<readonly Example[]> {
  const [provinces, hubei, toilets, department, beijing] = await readQuestions();
  if (!provinces || !hubei || !toilets || !department || !beijing) throw new Error('Expected five questions');
  return [
    { number: 1, title: provinces.title, question: provinces },
    { number: 2, title: hubei.title, text: 'One operation over three subgraphs and six platforms.', question: hubei },
    { number: 3, title: toilets.title, question: toilets },
    { number: 4, title: 'A department of Wuhan reads shared data', question: department },
    {
      number: undefined,
      title: 'It is refused a field that is not shared, as if the field did not exist:',
      question: { identity: department.identity, operationName: 'NotShared', text: REFUSED },
    },
    {
      number: 5,
      title: beijing.title,
      text: 'The rest stands, and the answer says who is missing (`-H "x-yiwang-completeness: complete"` asks for all or nothing).',
      before: 'npx yiwang network stop municipal/110101',
      after: 'npx yiwang network start municipal/110101',
      question: beijing,
    },
  ];
}
