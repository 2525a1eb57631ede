/**
 * EthereumStratum/1.0.0 as NiceHash specified it (nicehash/Specifications, EthereumStratum_NiceHash_v1.0.0, R2).
 *
 * <p>Owns: its messages and their order, difficulties, our part of the nonce.
 *
 * <p>Does not own: lines, requests and answers (line), jobs of the family (ethereum), which epoch a seed is of (the algorithm).
 */
package filon.mining.pool.nicehash;
