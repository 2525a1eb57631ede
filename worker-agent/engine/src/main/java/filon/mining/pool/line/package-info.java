/**
 * Sessions that speak in lines of JSON, whatever the dialect.
 *
 * <p>Owns: lines and their limits, messages, requests and their answers, shares without an answer; what most dialects have in
 * common: subscription and authorisation, values and their limits, moves and small talk, jobs of a header and a nonce of 64 bits.
 *
 * <p>Does not own: what the lines mean (one package per dialect), sockets (wire), which pool is next (pool).
 */
package filon.mining.pool.line;
