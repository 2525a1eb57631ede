/*
 * Folds a part of a table into a few words, of which some change whenever a bit of the part changes.
 *
 * Arguments of fold():
 *   # | space      | type   | count           | unit    | writer
 *   0 | __global   | uint16 | vectors         | words   | whoever made the table
 *   1 | (value)    | uint   | 1               | vector  | host: the first of the part
 *   2 | (value)    | uint   | 1               | vector  | host: one past the last of the part
 *   3 | (value)    | uint   | 1               | vectors | host: how many each work-item folds, one after the other
 *   4 | __global   | uint16 | work-items      | words   | kernel
 *
 * Each step multiplies by an odd number and adds: both can be undone, so two parts that differ in one place never fold to the same.
 */

#define FACTOR 0x9e3779b1u

__kernel void fold(__global const uint16 *table, const uint first, const uint end, const uint length, __global uint16 *folded) {
    const uint item = (uint)get_global_id(0);
    const uint from = first + item * length;
    const uint to = min(end, from + length);
    uint16 sum = (uint16)item;
    for (uint i = from; i < to; i++) {
        sum = sum * (uint16)FACTOR + table[i];
    }
    folded[item] = sum;
}
