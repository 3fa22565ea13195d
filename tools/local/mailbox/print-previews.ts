/** Prints every mail that the built services can send, as its example looks in each language. */
import { mailPreviews } from '#platform/mail/templates/mail-template.js';

// Loaded, they have declared every mail.
await import('#apps/api/src/app.js');
await import('#apps/worker/src/worker.module.js');

process.stdout.write(JSON.stringify(mailPreviews()));
