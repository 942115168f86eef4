/** A report → a page that stands alone and prints: no script, nothing loaded. */
import type { PlatformReport, QualityReport, RuleReport } from './report.ts';

export function writePage(report: QualityReport): string {
  const { from, to, within, platforms, clean } = report;
  const sections = platforms.map(writePlatform).join('\n');
  const rank = platforms
    .map(
      ({ platform, breaches, operations, before }, i) =>
        `<tr><td>${i + 1}</td><td>${escapeHtml(platform)}</td><td>${breaches}</td><td>${operations}</td><td>${rateOf(breaches, operations)}</td><td>${changeOf(breaches, before)}</td></tr>`,
    )
    .join('\n');
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>数据质量周报 ${from} – ${to}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>数据质量周报</h1>
<p>${from} – ${to}，${escapeHtml(within)}。出口检查发现的、不符合数据标准的值，按平台、规则计数；不含任何数据值。
Breaches of the data standard on the way out, by platform and rule; no values.</p>
<h2>平台排名 Platforms</h2>
${platforms.length === 0 ? '<p>没有发现。Nothing was found.</p>' : `<table>${RANK_HEAD}\n${rank}\n</table>`}
${clean.length === 0 ? '' : `<p>被调用且没有发现的平台 Called, and nothing found: ${clean.map(escapeHtml).join(', ')}</p>`}
${sections}
</body>
</html>
`;
}

const RANK_HEAD =
  '<tr><th></th><th>平台 platform</th><th>不合标准的值 breaches</th><th>调用 operations</th><th>每千次 per 1,000</th><th>比上期 change</th></tr>';
const RULE_HEAD =
  '<tr><th>规则 rule</th><th>要求 what is wrong</th><th>依据 basis</th><th>次数 count</th><th>比上期 change</th><th>示例 examples</th></tr>';

export const STYLE = `
body { font: 11pt/1.5 "Noto Serif SC", "Songti SC", serif; margin: 2rem auto; max-width: 60rem; color: #111 }
table { border-collapse: collapse; width: 100% } th, td { border: 1px solid #999; padding: .2rem .5rem; text-align: left; vertical-align: top }
th { background: #eee } section { break-inside: avoid-page } tr { break-inside: avoid }
@page { size: A4; margin: 18mm } @media print { body { margin: 0; max-width: none } }`;

function writePlatform({ platform, rules }: PlatformReport): string {
  return `<section>
<h2>${escapeHtml(platform)}</h2>
<table>${RULE_HEAD}
${rules.map(writeRule).join('\n')}
</table>
</section>`;
}

function writeRule({ rule, name, message, basis, count, before, samples }: RuleReport): string {
  const examples = samples.map(
    ({ coordinate, id }) => `${escapeHtml(coordinate)}${id === '' ? '' : ` (${escapeHtml(id)})`}`,
  );
  return `<tr><td>${escapeHtml(rule)} ${escapeHtml(name)}</td><td>${escapeHtml(message)}</td><td>${escapeHtml(basis)}</td><td>${count}</td><td>${changeOf(count, before)}</td><td>${examples.join('<br>')}</td></tr>`;
}

export function rateOf(breaches: number, operations: number): string {
  return operations === 0 ? '–' : ((1_000 * breaches) / operations).toFixed(1);
}

export function changeOf(count: number, before: number): string {
  const change = count - before;
  return change > 0 ? `+${change}` : String(change);
}

export function escapeHtml(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}
