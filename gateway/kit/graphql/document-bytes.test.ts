import { expect, test } from '@jest/globals';
import { GraphQLError, parse } from 'graphql';
import { dropTokens, estimateDocumentBytes } from './document-bytes.ts';

const TEXT = '# one\n{ a(b: "c") # two\n  d }';

test('a document without tokens holds no comment, and its errors have line and column', () => {
  const document = dropTokens(parse(TEXT));
  const [operation] = document.definitions;
  expect(document.loc?.startToken.next).toBeNull();
  expect(operation?.loc?.startToken).toBe(document.loc?.startToken);
  const field = operation?.kind === 'OperationDefinition' ? operation.selectionSet.selections[1] : undefined;
  expect(new GraphQLError('no', { nodes: field! }).locations).toEqual([{ line: 3, column: 3 }]);
});

test('estimateDocumentBytes grows with the nodes and the text of a document', () => {
  const bytes = (text: string) => estimateDocumentBytes(parse(text));
  expect(bytes('{ a b }')).toBeGreaterThan(bytes('{ a }'));
  expect(bytes(`{ a } #${'x'.repeat(1_000)}`) - bytes('{ a } #')).toBe(2_000);
});
