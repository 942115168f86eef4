/** The memory of a parsed document: its size, and the document without its tokens. */
import { type ASTNode, type DocumentNode, Token, TokenKind, visit } from 'graphql';

/** A location needs a token, which nobody reads after the parse: all documents share this one. */
const NO_TOKEN = new Token(TokenKind.SOF, 0, 0, 0, 0);

/**
 * Removes the tokens, which hold one another and every comment, from all locations. Source and offsets stay: errors get
 * line and column from them.
 */
export function dropTokens(document: DocumentNode): DocumentNode {
  visit(document, {
    enter: ({ loc }: ASTNode) => {
      if (loc) Object.assign(loc, { startToken: NO_TOKEN, endToken: NO_TOKEN });
    },
  });
  return document;
}

/** Measured heap of a node with its location and its lists. */
const NODE_BYTES = 256;
const bytesByDocument = new WeakMap<DocumentNode, number>();

/** Estimates the bytes of the document and its text; counts each document once. */
export function estimateDocumentBytes(document: DocumentNode): number {
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
