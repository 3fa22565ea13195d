const END_OF_PDF = Buffer.from('%%EOF');
const END_OF_ZIP = Buffer.from('PK\u0005\u0006', 'latin1');
/** Readers look for the end of a PDF there, and what stands behind it is not of the PDF. */
const END_BYTES = 1_024;

/** Whether a PDF ends as one, and is not the beginning of an archive as well. */
export function endsAsPdf(tail: Uint8Array): boolean {
  const end = Buffer.from(tail);
  return end.subarray(-END_BYTES).includes(END_OF_PDF) && !end.includes(END_OF_ZIP);
}
