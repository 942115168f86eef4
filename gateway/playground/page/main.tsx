/** The page: an identity to ask as, GraphiQL with the questions as tabs, and what the answer's coverage says is missing. */
import './workers.ts';
import { GraphiQL } from 'graphiql';
import { useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import 'graphiql/style.css';
import './page.css';
import { Banner } from './banner.tsx';
import { type Content, type Coverage, createFetcher, readContent } from './content.ts';
import { createMemoryStorage } from './memory-storage.ts';

const storage = createMemoryStorage();

function Playground({ content }: { readonly content: Content }) {
  const { identities, questions } = content;
  const [name, setName] = useState(questions[0]?.identity ?? identities[0]?.name ?? '');
  const [coverage, setCoverage] = useState<Coverage | undefined>(undefined);
  const identity = identities.find((candidate) => candidate.name === name);
  const fetcher = useMemo(() => createFetcher(identity, setCoverage), [identity]);
  const tabs = useMemo(
    () => questions.map(({ query, variables }) => ({ query, variables: variables ?? null })),
    [questions],
  );

  return (
    <div className="yiwang">
      <Banner identities={identities} chosen={name} onChoose={setName} coverage={coverage} />
      <GraphiQL
        fetcher={fetcher}
        storage={storage}
        defaultTabs={tabs}
        defaultEditorToolsVisibility={false}
        onTabChange={(state) => {
          const shown = state.tabs[state.activeTabIndex];
          const question = questions.find((candidate) => candidate.operationName === shown?.operationName);
          if (question && question.operationName !== lastQuestion.shown) setName(question.identity);
          lastQuestion.shown = question?.operationName;
        }}
      >
        <GraphiQL.Logo>一网 Yiwang</GraphiQL.Logo>
      </GraphiQL>
    </div>
  );
}

/** The identity follows the question when another tab is chosen, and stays the reader's choice while they edit. */
const lastQuestion: { shown: string | undefined } = { shown: undefined };

const root = createRoot(document.getElementById('root')!);
readContent().then(
  (content) => {
    lastQuestion.shown = content.questions[0]?.operationName;
    root.render(<Playground content={content} />);
  },
  (error: unknown) => root.render(<p className="yiwang-fault">The playground cannot be loaded: {String(error)}</p>),
);
