/**
 * The codes of problems that callers meet (RFC 9457). Owns: codes, titles, status, whether a retry can help. Does not own: how
 * they are written to HTTP (plumbing).
 */
package filon.contracts.problem;
