/** The rates of statistics, by the metrics of the standard that they are. */

/** GB/T 30428.4. Some rates have other names in the graph than in the standard. */
export const CASE_RATES = {
  handling: 'handleRate',
  closing: 'closeRate',
  closingOnTime: 'onTimeCloseRate',
  filingOnTime: 'onTimeFileRate',
  rework: 'reworkRate',
  validReportRate: 'validReportRate',
  reportMissRate: 'reportMissRate',
  publicReportRate: 'publicReportRate',
  fileRate: 'fileRate',
  accurateFileRate: 'accurateFileRate',
  onTimeVerifyRate: 'onTimeVerifyRate',
  onTimeVerifySendRate: 'onTimeVerifySendRate',
  onTimeDispatchRate: 'onTimeDispatchRate',
  accurateDispatchRate: 'accurateDispatchRate',
  onTimeHandleRate: 'onTimeHandleRate',
  onTimeInspectRate: 'onTimeInspectRate',
  onTimeInspectSendRate: 'onTimeInspectSendRate',
  lateCloseRate: 'lateCloseRate',
  openRate: 'openRate',
  extensionRate: 'extensionRate',
} as const;

export type CaseRate = keyof typeof CASE_RATES;
