export { type Courier, type CourierState, createCourier } from './courier.ts';
