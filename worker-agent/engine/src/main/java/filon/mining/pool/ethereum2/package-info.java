/**
 * EthereumStratum/2.0.0 (EIP-1571).
 *
 * <p>Owns: its messages and their order, what stays in force between them, going on with a session.
 *
 * <p>Does not own: lines, requests and answers (line), jobs of the family (ethereum), which epoch a height is in (the algorithm), gzip,
 * which it does not speak.
 */
package filon.mining.pool.ethereum2;
