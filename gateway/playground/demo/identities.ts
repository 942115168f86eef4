/** The demo identities, with the claims that an issuer would put into their tokens. */
import type { TokenClaims } from '../../identify/index.ts';

export interface DemoIdentity {
  readonly name: string;
  /** One line for readers. */
  readonly about: string;
  readonly credential: { readonly kind: 'token'; readonly claims: TokenClaims } | { readonly kind: 'api-key' };
}

const CLEARED = { clearance: 'SENSITIVE' } as const;

export const DEMO_IDENTITIES: readonly DemoIdentity[] = [
  token('ministry', 'the ministry: supervises all provinces', { tier: 'NATIONAL', division: '100000', ...CLEARED }),
  token('hubei', "Hubei's supervisor", { tier: 'PROVINCIAL', division: '420000', ...CLEARED }),
  token('beijing', "Beijing's supervisor", { tier: 'PROVINCIAL', division: '110000', ...CLEARED }),
  token('wuhan', "Wuhan's operation centre", { tier: 'MUNICIPAL', division: '420100', ...CLEARED }),
  token('xiangyang', "Xiangyang's operation centre", { tier: 'MUNICIPAL', division: '420600', ...CLEARED }),
  token('dongcheng', "Dongcheng district's operation centre", { tier: 'DISTRICT', division: '110101', ...CLEARED }),
  token('guangwai', "Guang'anmenwai street's operation centre", { tier: 'STREET', division: '110102020', ...CLEARED }),
  token('wuhan-fire', 'a department of Wuhan (消防救援支队): reads shared data', {
    tier: 'MUNICIPAL',
    division: '420100',
    department: '114201000100011972',
  }),
  { name: 'app', about: 'an app developer: open data by an API key', credential: { kind: 'api-key' } },
  token('auditor', 'an auditor: reads the record, no business data', {
    tier: 'NATIONAL',
    division: '100000',
    roles: ['AUDITOR'],
  }),
];

function token(name: string, about: string, claims: Omit<TokenClaims, 'sub'>): DemoIdentity {
  return { name, about, credential: { kind: 'token', claims: { sub: name, ...claims } } };
}
