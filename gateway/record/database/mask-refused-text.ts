/** Masks the values in the text of an operation that was not admitted; names and punctuators stay in clear. */
import { Lexer, Source, TokenKind } from 'graphql';
import { type KeyedDigest, maskText } from '../../kit/crypto/keyed-digest.ts';

/** Without types, every value is masked. Text after an invalid token is left out. */
export function maskRefusedText(text: string, digest: KeyedDigest): string {
  const lexer = new Lexer(new Source(text));
  const lexemes: string[] = [];
  try {
    for (let token = lexer.advance(); token.kind !== TokenKind.EOF; token = lexer.advance()) {
      switch (token.kind) {
        case TokenKind.NAME:
          lexemes.push(token.value);
          break;
        case TokenKind.INT:
        case TokenKind.FLOAT:
        case TokenKind.STRING:
        case TokenKind.BLOCK_STRING:
          lexemes.push(JSON.stringify(maskText(token.value, digest)));
          break;
        default:
          lexemes.push(token.kind);
      }
    }
  } catch {
    lexemes.push('…');
  }
  return lexemes.join(' ');
}
