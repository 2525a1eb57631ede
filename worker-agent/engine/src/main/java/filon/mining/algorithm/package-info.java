/**
 * What the engine asks of any proof-of-work algorithm.
 *
 * <p>Owns: work, targets, nonce ranges, batches and the interfaces an algorithm implements; one folder below per algorithm.
 *
 * <p>Does not own: pools, devices' choice, the search loop. Nothing here names an algorithm; they are found as services.
 */
package filon.mining.algorithm;
