export { type ExchangeOptions, loadExchange } from '../exchange/exchange.ts';
export { loadNational } from './national.ts';
export type { OrderMatters } from './orders.ts';
export { loadOversight, type OversightOptions } from './oversight.ts';
