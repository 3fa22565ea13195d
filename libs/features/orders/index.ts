// What other features may use. Everything else in this folder is private.
export { PlaceOrder } from './application/place-order.js';
export type { Order } from './domain/order.js';
