import type { Person } from './settings.ts';

const escape = (text: string): string => text.replace(/[&<>"']/g, (character) => `&#${character.charCodeAt(0)};`);

const row = ({ email, password }: Person): string =>
  `<tr><td><code>${escape(email)}</code></td><td><code>${escape(password)}</code></td></tr>`;

/** Who can sign in stands on the page: it is a stand-in for somebody else's. */
export const signInPage = (uid: string, people: readonly Person[], isRefused: boolean): string => `<!doctype html>
<html lang="en">
<meta charset="utf-8">
<meta name="viewport" content="width=device-width">
<title>Local sign-in provider</title>
<link rel="icon" href="data:,">
<style>
  :root { color-scheme: light dark }
  body { font: 1rem/1.5 system-ui, sans-serif; max-width: 26rem; margin: 4rem auto; padding: 0 1rem }
  label, input, button { display: block; box-sizing: border-box; width: 100%; font: inherit }
  input, button { padding: .5rem; margin: .25rem 0 1rem }
  table { width: 100%; border-collapse: collapse; font-size: .875rem }
  td, th { text-align: left; border-top: 1px solid #8884; padding: .25rem 0 }
</style>
<h1>Local sign-in provider</h1>
${isRefused ? '<p role="alert">This address and this password do not belong together.</p>' : ''}
<form method="post" action="/interaction/${encodeURIComponent(uid)}">
  <label>E-mail <input name="login" type="email" autocomplete="username" required autofocus></label>
  <label>Password <input name="password" type="password" autocomplete="current-password" required></label>
  <button>Sign in</button>
</form>
<p><a href="/interaction/${encodeURIComponent(uid)}/abort">Cancel</a></p>
<table>
  <tr><th>E-mail</th><th>Password</th></tr>
  ${people.map(row).join('\n  ')}
</table>
</html>
`;
