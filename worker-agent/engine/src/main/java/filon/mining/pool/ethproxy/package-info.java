/**
 * ETHPROXY: Ethereum's getWork in lines, as eth-proxy made it and sammy007/open-ethereum-pool serves it.
 *
 * <p>Owns: its messages and their order of fields, asking for work where none is pushed, telling late shares from wrong ones.
 *
 * <p>Does not own: lines, requests and answers (line), jobs of the family (ethereum), which epoch a seed is of (the algorithm).
 */
package filon.mining.pool.ethproxy;
