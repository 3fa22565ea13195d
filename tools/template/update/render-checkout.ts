/**
 * Run by an update in a checkout of each version of the template, which stands in a folder of its own: makes a project of it, as template.json says.
 * The one thing in here that later versions rely on.
 */
import { ROOT } from '../../servers/local-directory.ts';
import { readRecord } from '../record.ts';
import { render } from '../render.ts';

const record = readRecord(ROOT);
if (!record) throw new Error('There is no template.json that says what project to make.');
render(ROOT, record);
