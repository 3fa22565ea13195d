// What other features may use. Everything else in this folder is private.
export { FindOrder } from './application/find-order.js';
export { type OrderEvent, orderCancelled, orderFulfilled, orderPlaced } from './application/order.events.js';
export { PlaceOrder } from './application/place-order.js';
export type { Order } from './domain/order.js';
