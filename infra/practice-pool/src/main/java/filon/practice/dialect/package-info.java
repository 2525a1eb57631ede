/**
 * Owns: what a pool says to one miner in each dialect, the jobs, and the judging of shares with the CPU reference. Does not own: the wire,
 * faults, time, the book. It shares no line with the miner's own client of these dialects, which it is to judge.
 */
package filon.practice.dialect;
