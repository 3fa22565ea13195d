/** Runs in the browser, sent there as its own source: it must not use anything from outside itself. */
export function mailLinkPage(): void {
  const form = document.querySelector('form');
  const result = document.querySelector('#result');
  const token = new URLSearchParams(location.hash.slice(1)).get('token');
  // The token works for whoever has it: it has no place in the history.
  history.replaceState(null, '', location.pathname);

  // The link of another mail, opened in this tab, changes nothing but the fragment.
  addEventListener('hashchange', () => location.reload());

  const say = (text: string): void => {
    if (result) result.textContent = text;
  };

  const send = async (target: HTMLFormElement): Promise<void> => {
    const body = JSON.stringify({ token, ...Object.fromEntries(new FormData(target)) });
    const answer = await fetch(target.dataset.path ?? '', {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body,
    });
    if (answer.ok) {
      target.hidden = true;
      return say(target.dataset.done ?? '');
    }
    const {
      title,
      detail,
      errors = [],
    } = (await answer.json()) as { title: string; detail?: string; errors?: { detail: string }[] };
    say([title, detail, ...errors.map((error) => error.detail)].filter(Boolean).join(' '));
  };

  if (form === null) return;
  if (token === null) {
    form.hidden = true;
    return say('This page is for the link in the mail: open it from there.');
  }
  form.addEventListener('submit', (event) => {
    event.preventDefault();
    send(form).catch(() => say('The service did not answer. Try again in a moment.'));
  });
}
