/** What is true of every operation, and of addresses that are none. */
export const DESCRIPTION = `Answers are \`{ "data": … }\`, lists also have \`meta.page\`. Everything from 400 on is a problem (RFC 9457): branch on its \`code\`,
and follow its \`type\` to what can be done. Each operation names all codes it answers with.
Without credentials a body may have 32 KiB.

An address that is none of these answers 404 \`ROUTE_NOT_FOUND\`; one that is asked with another method 405 \`METHOD_NOT_ALLOWED\`, with the methods it has in \`Allow\`.`;
