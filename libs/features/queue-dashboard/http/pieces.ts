import { type Html, html } from '#platform/http/answers/html.js';
import type { Permission } from '#platform/kernel/access/permissions.js';
import type { Principal } from '#platform/kernel/access/principal.js';

const MILLISECONDS = /\.\d+Z$/;

export const time = (at: Date): Html => {
  const iso = at.toISOString();
  return html`<time datetime="${iso}">${iso.replace('T', ' ').replace(MILLISECONDS, ' UTC')}</time>`;
};

/** Shown as a button, sent by actions.js to the route that does it: permission and CSRF token are checked there. */
type Action = Readonly<{ method: 'POST' | 'PUT' | 'DELETE'; path: string; body?: unknown; done: string; ask?: string }>;

export const button = (label: string, { method, path, body, done, ask }: Action): Html =>
  html`<button data-method="${method}" data-path="../../v1/admin/${path}" data-body="${body === undefined ? '' : JSON.stringify(body)}" data-done="${done}" data-ask="${ask ?? ''}">${label}</button> `;

/** Whether to show buttons. Without a session, as to an API key, there is no CSRF token that would make them work. */
export const mayAct = ({ sessionId, permissions }: Principal, permission: Permission): boolean =>
  sessionId !== null && permissions.has(permission.name);
