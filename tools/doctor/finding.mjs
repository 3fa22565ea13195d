/**
 * What one line says. `optional`: something works less well, or not yet; `missing`: npm start does not work.
 * @typedef {{ name: string, state: 'ok' | 'optional' | 'missing', text: string, advice?: string }} Finding
 */

/** @returns {Finding} */
export const ok = (name, text) => ({ name, state: 'ok', text });

/** @param {string} name @param {string} text @param {string} [advice] @returns {Finding} */
export const optional = (name, text, advice) => ({ name, state: 'optional', text, ...(advice && { advice }) });

/** @param {string} name @param {string} text @param {string} [advice] @returns {Finding} */
export const missing = (name, text, advice) => ({ name, state: 'missing', text, ...(advice && { advice }) });
