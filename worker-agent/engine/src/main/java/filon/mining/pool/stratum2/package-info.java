/**
 * Stratum V2, the encrypted binary protocol of Bitcoin's pools, as a miner with one standard channel speaks it.
 *
 * <pre>
 *   handshake of noise
 *   -> SetupConnection               <- SetupConnection.Success
 *   -> OpenStandardMiningChannel     <- OpenStandardMiningChannel.Success
 *                                    <- NewMiningJob (future), SetNewPrevHash: work begins
 *   -> SubmitSharesStandard          <- SubmitShares.Success, of several at a time; SubmitShares.Error, of one
 *                                    <- NewMiningJob (future), kept until
 *                                    <- SetNewPrevHash: all before is worthless, and the kept job begins
 * </pre>
 *
 * <p>Owns: the protocol's state, jobs kept for the next block, version and time rolling, when the pool is told our hash rate.
 *
 * <p>Does not own: encryption (noise), bytes of messages (stratum2.message), sockets (wire), which pool is next (pool), what is searched
 * and how (engine).
 *
 * <p>Source: Stratum V2 specification, chapters 3 and 5 (2026-08).
 */
package filon.mining.pool.stratum2;
