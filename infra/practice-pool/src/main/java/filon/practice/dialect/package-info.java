/**
 * Owns: what a pool says to one miner in each dialect, the jobs, and the judging of shares with the CPU reference. Does not own: the wire,
 * faults, time, the book. It shares no line with the miner's own client of these dialects, which it is to judge, but for the encryption of
 * Stratum V2 and the bytes of its messages.
 */
package filon.practice.dialect;
