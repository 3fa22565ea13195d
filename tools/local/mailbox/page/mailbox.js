// Whatever stands in a mail was written by somebody else: it enters this page as text, or inside the sandboxed frame.
const POLL_MS = 1500;
const part = (id) => document.getElementById(id);

let mails = [];
let shownId = null;
let prefersText = false;

async function poll() {
  try {
    const response = await fetch('/messages');
    const latest = await response.json();
    const isNew = latest[0]?.id !== mails[0]?.id || latest.length !== mails.length;
    mails = latest;
    if (isNew) renderList();
    renderCount();
  } catch {
    part('count').textContent = 'The mailbox has stopped';
  }
  setTimeout(poll, POLL_MS);
}

function renderCount() {
  part('count').textContent =
    mails.length === 0 ? 'No mail yet' : `${mails.length} ${mails.length === 1 ? 'mail' : 'mails'}`;
}

function renderList() {
  part('list').replaceChildren(...mails.map(listItem));
  if (shownId === null && mails.length > 0) show(mails[0]);
}

function listItem(mail) {
  const button = document.createElement('button');
  button.type = 'button';
  button.dataset.id = mail.id;
  button.setAttribute('aria-current', String(mail.id === shownId));
  button.append(element('strong', mail.subject || '(no subject)'), element('span', `${mail.to} · ${time(mail)}`));
  button.addEventListener('click', () => show(mail));
  const item = document.createElement('li');
  item.append(button);
  return item;
}

function show(mail) {
  shownId = mail.id;
  part('empty').hidden = true;
  part('mail').hidden = false;
  part('subject').textContent = mail.subject || '(no subject)';
  part('from').textContent = mail.from;
  part('to').textContent = mail.to;
  part('received').textContent = time(mail);
  part('text').replaceChildren(...linked(mail.text));
  if (mail.html) part('html').src = `/messages/${encodeURIComponent(mail.id)}/html`;
  part('show-html').disabled = !mail.html;
  renderView(mail);
  for (const button of part('list').querySelectorAll('button'))
    button.setAttribute('aria-current', String(button.dataset.id === shownId));
}

function renderView(mail) {
  const showsText = prefersText || !mail.html;
  part('html').hidden = showsText;
  part('text').hidden = !showsText;
  part('show-html').setAttribute('aria-pressed', String(!showsText));
  part('show-text').setAttribute('aria-pressed', String(showsText));
}

/** Addresses in a plain text become links, and only those that lead to a web page. */
function linked(text) {
  return text.split(/(https?:\/\/[^\s<>"]+)/).map((piece, at) => {
    if (at % 2 === 0) return document.createTextNode(piece);
    const link = element('a', piece);
    Object.assign(link, { href: piece, target: '_blank', rel: 'noreferrer' });
    return link;
  });
}

function element(name, text) {
  const made = document.createElement(name);
  made.textContent = text;
  return made;
}

const time = (mail) => new Date(mail.receivedAt).toLocaleTimeString();

function choose(text) {
  prefersText = text;
  const mail = mails.find(({ id }) => id === shownId);
  if (mail) renderView(mail);
}

part('show-html').addEventListener('click', () => choose(false));
part('show-text').addEventListener('click', () => choose(true));
poll();
