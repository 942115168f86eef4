/** The bar above the editor: who asks, and what the last answer lacked. */
import type { Coverage, Identity } from './content.ts';

interface BannerProps {
  readonly identities: readonly Identity[];
  readonly chosen: string;
  readonly onChoose: (name: string) => void;
  readonly coverage: Coverage | undefined;
  /** Throws the reader's edits away. */
  readonly onReset: () => void;
}

const SHOWN_MAX = 3;

export function Banner({ identities, chosen, onChoose, coverage, onReset }: BannerProps) {
  const about = identities.find(({ name }) => name === chosen)?.about;
  return (
    <header className="yiwang-banner">
      <strong>一网 Yiwang</strong>
      {identities.length > 0 && (
        <label>
          Ask as{' '}
          <select value={chosen} onChange={(event) => onChoose(event.target.value)} aria-label="identity">
            <option value="">nobody (open data)</option>
            {identities.map(({ name }) => (
              <option key={name} value={name}>
                {name}
              </option>
            ))}
          </select>
        </label>
      )}
      <span className="yiwang-about">{describeIdentity(identities, about)}</span>
      <button type="button" onClick={onReset} title="Throws your edits away">
        Reset
      </button>
      {coverage && (
        <output className={isWhole(coverage) ? 'yiwang-whole' : 'yiwang-gap'} title={coverage.unserved?.join(', ')}>
          {describeCoverage(coverage)}
        </output>
      )}
    </header>
  );
}

function describeIdentity(identities: readonly Identity[], about: string | undefined): string {
  if (identities.length === 0) return 'Put your credential into "Headers" below: { "authorization": "Bearer …" }';
  return about ?? 'no credential: the open audience';
}

function isWhole({ complete, unserved = [] }: Coverage): boolean {
  return complete && unserved.length === 0;
}

function describeCoverage({ asked, answered, platforms, unserved = [] }: Coverage): string {
  const missing = platforms
    .filter(({ status }) => status !== 'OK')
    .map(({ platform, status }) => `${platform} ${status}`);
  return [
    `${answered} of ${asked} calls of platforms answered`,
    ...(missing.length === 0 ? [] : [`missing: ${listed(missing)}`]),
    ...(unserved.length === 0 ? [] : [`no platform serves ${listed(unserved)}`]),
  ].join('; ');
}

function listed(items: readonly string[]): string {
  const more = items.length - SHOWN_MAX;
  return more > 0 ? `${items.slice(0, SHOWN_MAX).join(', ')} and ${more} more` : items.join(', ');
}
