import { CREATE_PARCEL_COUNTS, CREATE_PARCELS } from '../../test/specimen/parcels.table.ts';
import { connected } from '../database-commands/query.ts';

/** Runs before each file of whole-system tests. Their programs may make no table, so those of the specimen are made for them by the owner. */
const { DATABASE_URL = '', DATABASE_DIRECT_URL = DATABASE_URL } = process.env;

await connected(DATABASE_DIRECT_URL, async (client) => {
  await client.query(CREATE_PARCELS);
  await client.query(CREATE_PARCEL_COUNTS);
});
