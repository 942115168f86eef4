/** The report of a place → a page that stands alone and prints: no script, nothing loaded. */
import { qualityMethod } from '@yiwang/schema/statistics';
import { type Coverage, type GraphFinding, missingPlatforms, type QualityGroup } from './ask-graph.ts';
import { type GraphReport, type Mending, nameOf } from './graph-report.ts';
import { escapeHtml, STYLE } from './page.ts';

const SCORE_MAX = qualityMethod().dimensions.reduce((sum, { points }) => sum + points, 0);

export function writeGraphPage(report: GraphReport): string {
  const { place, within, from, to, units, whole, mendings, findings, coverage } = report;
  const title = `${escapeHtml(place)}数据质量周报`;
  return `<!doctype html>
<html lang="zh-CN">
<head>
<meta charset="utf-8">
<title>${title} ${from} – ${to}</title>
<style>${STYLE}${BARS}</style>
</head>
<body>
<h1>${title}</h1>
<p>${from} – ${to}，${escapeHtml(within)}。${scoreSentence(whole)}</p>
${writeCoverage(coverage)}
<h2>排名 Ranking</h2>
${units.length === 0 ? '<p>没有案件。No cases.</p>' : `<table class="ranking">${RANK_HEAD}\n${units.map(writeUnit).join('\n')}</table>`}
<h2>得分构成 Dimensions</h2>
${whole ? writeDimensions(whole) : ''}
<h2>先改什么 What to mend first</h2>
${mendings.length === 0 ? '<p>没有需要整改的案件。Nothing to mend.</p>' : `<table>${MEND_HEAD}\n${mendings.map(writeMending).join('\n')}</table>`}
<h2>出口检查 Breaches on the way out</h2>
${writeFindings(findings)}
<p class="note">${escapeHtml(qualityMethod().method.name)}：参照欧洲元数据质量评价方法（MQA）的五个维度、405 分，按案件数据改造，与原方法的得分不可比。
Adapted from the European metadata quality method; not comparable with its scores. 不含任何数据值。No values are shown.</p>
</body>
</html>
`;
}

const RANK_HEAD =
  '<tr><th>名次</th><th>区划</th><th>案件数</th><th>得分 / 405</th>' +
  `${qualityMethod()
    .dimensions.map(({ name, points }) => `<th>${name} / ${points}</th>`)
    .join('')}</tr>`;
const MEND_HEAD = '<tr><th>指标</th><th>不合格 / 案件数</th><th>失分</th><th>怎么改</th><th>示例</th></tr>';
const FINDING_HEAD = '<tr><th>平台</th><th>规则</th><th>次数</th><th>怎么改</th><th>示例</th></tr>';

const BARS = `
.bar { display: block; background: #ddd; height: .55rem; min-width: 4rem; print-color-adjust: exact; -webkit-print-color-adjust: exact }
.bar i { display: block; background: #1b5e9b; height: 100% }
.number { white-space: nowrap } .note { color: #555; font-size: 9pt } .missing { border-left: .3rem solid #b00; padding-left: .6rem }
h2 { break-after: avoid } code { font-size: 9pt; overflow-wrap: anywhere }`;

/** One place after the point: the last digits of a score say nothing. */
export function pointsText(value: number | null): string {
  return value === null ? '–' : value.toFixed(1);
}

function scoreSentence(whole: QualityGroup | undefined): string {
  if (!whole || whole.counts.rows === 0) return '期间没有案件。There were no cases.';
  return `案件 ${whole.counts.rows} 件，得分 <strong>${pointsText(whole.rates.score.value)}</strong> / ${SCORE_MAX}。`;
}

function writeCoverage(coverage: Coverage): string {
  const { asked, answered, unserved = [] } = coverage;
  const missing = missingPlatforms(coverage).map(escapeHtml);
  const parts = [
    `<p>询问平台 ${asked} 个，答复 ${answered} 个。${answered} of ${asked} platforms answered.</p>`,
    ...(missing.length === 0 ? [] : [`<p class="missing">没有答复的平台 Gave no answer: ${missing.join(', ')}</p>`]),
    ...(unserved.length === 0
      ? []
      : [`<p class="note">没有平台的区划 Without a platform: ${unserved.map(escapeHtml).join(', ')}</p>`]),
  ];
  return parts.join('\n');
}

function bar(value: number | null, max: number): string {
  const share = Math.max(0, Math.min(1, (value ?? 0) / max));
  return `<span class="bar"><i style="width: ${(100 * share).toFixed(1)}%"></i></span>`;
}

function writeUnit({ rank, key, counts, rates }: QualityGroup): string {
  const { code = '' } = key.division ?? {};
  const name = nameOf(code) ?? '（无区划）';
  const cells = qualityMethod().dimensions.map(
    ({ id, points }) => `<td class="number">${pointsText(rates[id].value)}${bar(rates[id].value, points)}</td>`,
  );
  const { value } = rates.score;
  return `<tr><td>${rank}</td><td>${escapeHtml(name)} <code>${escapeHtml(code)}</code></td><td>${counts.rows}</td><td class="number"><strong>${pointsText(value)}</strong>${bar(value, SCORE_MAX)}</td>${cells.join('')}</tr>`;
}

function writeDimensions({ counts, rates }: QualityGroup): string {
  const { dimensions, measures } = qualityMethod();
  const rows = dimensions.map(({ id, name, points, measures: own }) => {
    const parts = own.map((measure) => {
      const { name: label } = measures.find((candidate) => candidate.id === measure)!;
      return `${label} ${counts[measure]} / ${counts.rows}`;
    });
    return `<tr><td>${name}</td><td class="number">${pointsText(rates[id].value)} / ${points}${bar(rates[id].value, points)}</td><td>${parts.join('；')}</td></tr>`;
  });
  return `<table><tr><th>维度</th><th>得分</th><th>指标：合格 / 案件数</th></tr>\n${rows.join('\n')}</table>`;
}

function writeMending({ name, mend, rows, broken, points, examples }: Mending): string {
  const list = examples.map((id) => `<code>${escapeHtml(id)}</code>`).join('<br>');
  return `<tr><td>${name}</td><td>${broken} / ${rows}</td><td>${points.toFixed(1)}</td><td>${mend}</td><td>${list}</td></tr>`;
}

function writeFindings(findings: readonly GraphFinding[] | undefined): string {
  if (findings === undefined) return '<p>该网关不保存检查结果。This gateway stores no findings.</p>';
  if (findings.length === 0) return '<p>没有发现。Nothing was found.</p>';
  const rows = findings.map(({ platform, rule, name, message, mend, count, examples }) => {
    const list = examples.map(({ coordinate, id }) => `<code>${escapeHtml(`${coordinate} ${id ?? ''}`.trim())}</code>`);
    return `<tr><td>${escapeHtml(platform)}</td><td>${escapeHtml(rule)} ${escapeHtml(name)}<br><span class="note">${escapeHtml(message)}</span></td><td>${count}</td><td>${escapeHtml(mend ?? '–')}</td><td>${list.join('<br>')}</td></tr>`;
  });
  return `<table>${FINDING_HEAD}\n${rows.join('\n')}</table>`;
}
