const LOOK_EVERY_MS = 1_000;
const rows = document.getElementById('deliveries');
const nothing = document.getElementById('nothing');

function cell(text, className = '') {
  const element = document.createElement('td');
  element.textContent = text;
  element.className = className;
  return element;
}

function row({ receivedAt, type, isVerified, times, id, body }) {
  const element = document.createElement('tr');
  const signature = isVerified ? cell('verified', 'verified') : cell('refused', 'refused');
  element.append(
    cell(new Date(receivedAt).toLocaleTimeString()),
    cell(type),
    signature,
    cell(times),
    cell(id),
    cell(body),
  );
  return element;
}

async function show() {
  const deliveries = await (await fetch('deliveries')).json();
  nothing.hidden = deliveries.length > 0;
  rows.replaceChildren(...deliveries.map(row));
}

async function showAgainAndAgain() {
  await show().catch(() => undefined);
  setTimeout(showAgainAndAgain, LOOK_EVERY_MS);
}

await showAgainAndAgain();
