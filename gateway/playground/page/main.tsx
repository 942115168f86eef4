/** The page: an identity to ask as, GraphiQL with the questions as tabs, and what the answer's coverage says is missing. */
import './workers.ts';
import './monaco.ts';
import { GraphiQL } from 'graphiql';
import { useMemo, useState } from 'react';
import { createRoot } from 'react-dom/client';
import 'graphiql/style.css';
import './page.css';
import { Banner } from './banner.tsx';
import { type Content, type Coverage, digestOf, readContent } from './content.ts';
import { createFetcher } from './fetcher.ts';
import { createStorage, type PageStorage } from './storage.ts';
import { FollowTheme } from './theme.tsx';

const IDENTITY_KEY = 'identity';
/** The question that was shown last: the identity follows when another is chosen, and stays the reader's choice while they edit. */
const QUESTION_KEY = 'question';
const FIRST_QUERY = '# Ctrl-Space completes, Ctrl-Enter asks.\n\nquery {\n  __typename\n}\n';

interface PlaygroundProps {
  readonly content: Content;
  readonly storage: PageStorage;
}

function Playground({ content, storage }: PlaygroundProps) {
  const { identities, questions } = content;
  const first = questions[0]?.identity ?? identities[0]?.name ?? '';
  const [name, setName] = useState(storage.getItem(IDENTITY_KEY) ?? first);
  const [coverage, setCoverage] = useState<Coverage | undefined>(undefined);
  const identity = identities.find((candidate) => candidate.name === name);
  const fetcher = useMemo(() => createFetcher(identity, setCoverage), [identity]);
  const tabs = useMemo(
    () => questions.map(({ query, variables }) => ({ query, variables: variables ?? null })),
    [questions],
  );
  const choose = (chosen: string) => {
    storage.setItem(IDENTITY_KEY, chosen);
    setName(chosen);
    setCoverage(undefined);
  };
  const reset = () => {
    storage.close();
    window.location.reload();
  };

  return (
    <div className="yiwang">
      <Banner identities={identities} chosen={name} onChoose={choose} coverage={coverage} onReset={reset} />
      <GraphiQL
        fetcher={fetcher}
        storage={storage}
        showPersistHeadersSettings={false}
        defaultQuery={FIRST_QUERY}
        {...(tabs.length > 0 && { defaultTabs: tabs })}
        defaultEditorToolsVisibility={false}
        onTabChange={(state) => {
          const shown = state.tabs[state.activeTabIndex];
          const question = questions.find((candidate) => candidate.operationName === shown?.operationName);
          const operation = question?.operationName ?? '';
          if (question && operation !== storage.getItem(QUESTION_KEY)) choose(question.identity);
          storage.setItem(QUESTION_KEY, operation);
        }}
      >
        <GraphiQL.Logo>
          <FollowTheme />
        </GraphiQL.Logo>
      </GraphiQL>
    </div>
  );
}

const root = createRoot(document.getElementById('root')!);
readContent().then(
  (content) => {
    const storage = createStorage(digestOf(content));
    if (storage.getItem(QUESTION_KEY) === null) {
      storage.setItem(QUESTION_KEY, content.questions[0]?.operationName ?? '');
    }
    root.render(<Playground content={content} storage={storage} />);
  },
  (error: unknown) => root.render(<p className="yiwang-fault">The playground cannot be loaded: {String(error)}</p>),
);
