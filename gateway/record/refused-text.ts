/** The text of an operation that was not admitted → what the record keeps of it: names and signs in clear, values masked. */
import { Lexer, Source, TokenKind } from 'graphql';
import { concealed, type KeyedDigest } from '../kit/keyed-digest.ts';

/** No type says what a value is, so that none stands in clear. What comes after something that is no token is left out. */
export function refusedText(text: string, digest: KeyedDigest): string {
  const lexer = new Lexer(new Source(text));
  const words: string[] = [];
  try {
    for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
      switch (token.kind) {
        case TokenKind.NAME:
          words.push(token.value);
          break;
        case TokenKind.INT:
        case TokenKind.FLOAT:
        case TokenKind.STRING:
        case TokenKind.BLOCK_STRING:
          words.push(JSON.stringify(concealed(token.value, digest)));
          break;
        default:
          words.push(token.kind);
      }
    }
  } catch {
    words.push('…');
  }
  return words.join(' ');
}
