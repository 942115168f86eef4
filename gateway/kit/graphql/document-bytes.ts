/** A parsed document → what it holds in memory, and the document without the tokens that it was parsed from. */
import { type ASTNode, type DocumentNode, Token, TokenKind, visit } from 'graphql';

/** Shared by all documents: a location needs a token, and nobody reads it after the parse. */
const NO_TOKEN = new Token(TokenKind.SOF, 0, 0, 0, 0);

/**
 * Takes the tokens out of all locations of the document: they are linked to one another and to every comment. Source and offsets
 * stay, from which errors have their line and column.
 */
export function dropTokens(document: DocumentNode): DocumentNode {
  visit(document, {
    enter: ({ loc }: ASTNode) => {
      if (loc) Object.assign(loc, { startToken: NO_TOKEN, endToken: NO_TOKEN });
    },
  });
  return document;
}

/** Heap of a node with its location and its lists, as measured. */
const NODE_BYTES = 256;
const bytesByDocument = new WeakMap<DocumentNode, number>();

/** About as many bytes as the document takes, its text included; counted once for each document. */
export function documentBytes(document: DocumentNode): number {
  const cached = bytesByDocument.get(document);
  if (cached !== undefined) return cached;
  let nodes = 0;
  visit(document, {
    enter: () => {
      nodes++;
    },
  });
  const bytes = NODE_BYTES * nodes + 2 * (document.loc?.source.body.length ?? 0);
  bytesByDocument.set(document, bytes);
  return bytes;
}
