// A process of its own, so that what the store costs is not counted.
import { type ObjectStore, startObjectStore } from '../../../../platform/testing/servers/object-store.ts';

const store: ObjectStore = await startObjectStore();
process.on('disconnect', () => void store.stop().then(() => process.exit()));
process.send?.(store.env);
