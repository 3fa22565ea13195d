// @ts-check
const form = document.querySelector('form');
const result = document.querySelector('#result');
const token = new URLSearchParams(location.hash.slice(1)).get('token');
// The token is all that somebody needs to use the link: it has no place in the history.
history.replaceState(null, '', location.pathname);

// The link of another mail, opened in this tab, changes nothing but the fragment.
addEventListener('hashchange', () => location.reload());

/** @param {string} text */
function say(text) {
  if (result) result.textContent = text;
}

/** @param {HTMLFormElement} target */
async function send(target) {
  const body = JSON.stringify({ token, ...Object.fromEntries(new FormData(target)) });
  const headers = { 'content-type': 'application/json' };
  const answer = await fetch(target.dataset.path ?? '', { method: 'POST', headers, body });
  if (answer.ok) {
    target.hidden = true;
    return say(target.dataset.done ?? '');
  }
  /** @type {{ title: string, detail?: string, errors?: { detail: string }[] }} */
  const { title, detail, errors = [] } = await answer.json();
  say([title, detail, ...errors.map((error) => error.detail)].filter(Boolean).join(' '));
}

if (form && token === null) {
  form.hidden = true;
  say('This page is for the link in the mail: open it from there.');
}
form?.addEventListener('submit', (event) => {
  event.preventDefault();
  send(form).catch(() => say('The service did not answer. Try again in a moment.'));
});
