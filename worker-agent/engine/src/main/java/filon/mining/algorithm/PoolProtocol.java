package filon.mining.algorithm;

/** How the pools of an algorithm speak. */
public enum PoolProtocol {
    /** Stratum V1: coinbase halves and merkle branches, a header of 80 bytes. */
    STRATUM,
    /** EthereumStratum, ETHPROXY and their kin: a header hash, a seed hash, a nonce of 64 bits. */
    ETHEREUM,
    /** Pools of the ProgPoW family: a header hash and a height. */
    PROGPOW,
    /** Ergo's pools: a message, a height, a target as a decimal number. */
    ERGO,
    /** Alephium's pools: a header blob, a nonce of 24 bytes. */
    ALEPHIUM,
    /** Kaspa's pools: a hash before proof of work, a timestamp. */
    KASPA
}
