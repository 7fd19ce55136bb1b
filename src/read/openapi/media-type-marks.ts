/** What the upgrade of a Swagger 2.0 document notes on Media Type Objects, as members that no document has. */

/** The media type stands at the root of the document and not at the operation. */
export const INHERITED = 'x-streamwright-inherited'

/** The response has no schema: the media type only says what a body would be. */
export const BARE = 'x-streamwright-bare'
