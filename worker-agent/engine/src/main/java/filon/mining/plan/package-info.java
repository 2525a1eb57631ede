/**
 * What a miner's devices are to work for, and when.
 *
 * <p>Owns: portions and their weights, schedules, which device works for which portion at a moment. Pure.
 *
 * <p>Does not own: connections (pool), jobs on devices (engine).
 */
package filon.mining.plan;
