/** The bar above the editor: who asks, and what the last answer lacked. */
import type { Coverage, Identity } from './content.ts';

interface BannerProps {
  readonly identities: readonly Identity[];
  readonly chosen: string;
  readonly onChoose: (name: string) => void;
  readonly coverage: Coverage | undefined;
}

export function Banner({ identities, chosen, onChoose, coverage }: BannerProps) {
  const about = identities.find(({ name }) => name === chosen)?.about;
  return (
    <header className="yiwang-banner">
      <strong>一网 Yiwang</strong>
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
      <span className="yiwang-about">{about ?? 'no credential: the open audience'}</span>
      <output className={coverage === undefined || coverage.complete ? 'yiwang-whole' : 'yiwang-gap'}>
        {coverage && describe(coverage)}
      </output>
    </header>
  );
}

function describe({ asked, answered, platforms }: Coverage): string {
  const missing = platforms
    .filter(({ status }) => status !== 'OK')
    .map(({ platform, status }) => `${platform} ${status}`);
  const counted = `${answered} of ${asked} calls of platforms answered`;
  return missing.length === 0 ? counted : `${counted}; missing: ${missing.join(', ')}`;
}
