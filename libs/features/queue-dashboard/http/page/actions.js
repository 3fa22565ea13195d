// @ts-check
const DONE = 'done';
const { csrfToken = '' } = document.body.dataset;

/** @param {string} text */
function say(text) {
  const result = document.querySelector('#result');
  if (result) result.textContent = text;
}

/** @param {HTMLButtonElement} button */
async function act({ dataset: { method, path = '', body, done = '', ask } }) {
  if (ask && !confirm(ask)) return;
  const headers = { 'x-csrf-token': csrfToken, ...(body && { 'content-type': 'application/json' }) };
  const answer = await fetch(path, { method, headers, ...(body && { body }) });
  const text = await answer.text();
  if (answer.ok) sessionStorage.setItem(DONE, done);
  // 401: the session has to be refreshed, which the way through the sign-in page does.
  if (answer.ok || answer.status === 401) return location.reload();
  /** @type {{ title: string, detail: string }} */
  const { title, detail } = JSON.parse(text);
  say(`${title}. ${detail}`);
}

for (const button of document.querySelectorAll('button')) {
  if (button.dataset.path === undefined) continue;
  button.addEventListener('click', () => {
    button.disabled = true;
    act(button)
      .catch(() => say('The service did not answer. Try again in a moment.'))
      .finally(() => (button.disabled = false));
  });
}

say(sessionStorage.getItem(DONE) ?? '');
sessionStorage.removeItem(DONE);
