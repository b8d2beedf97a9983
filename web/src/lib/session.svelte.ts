// Whether the server has asked for a token.
export const session = $state({ needed: false })
