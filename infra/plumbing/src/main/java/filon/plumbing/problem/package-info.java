/** How problems are answered over HTTP (RFC 9457). Owns: the JSON shape and the mappers. Does not own: the codes (contracts). */
package filon.plumbing.problem;
