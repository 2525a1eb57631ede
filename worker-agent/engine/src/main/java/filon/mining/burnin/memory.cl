/*
 * Writes patterns to memory, and says where memory is not what was written.
 *
 * Arguments of write() and check():
 *   # | space      | type    | count          | unit     | writer
 *   0 | __global   | uint16  | vectors        | words    | write(); check() only reads
 *   1 | (value)    | uint    | 1              | vectors  | host: how many there are in this block
 *   2 | (value)    | ulong   | 1              | vectors  | host: how many there are in the blocks before this one
 *   3 | (value)    | uint    | 1              | -        | host: the pattern, one of those below
 *   4 | (value)    | uint    | 1              | -        | host: the pattern's seed; of WALKING how far its bit is ahead
 *   5 | (value)    | uint    | 1              | bits     | host: what every word is inverted by, all bits or none
 *
 * Further argument of check():
 *   6 | __global   | uint    | 8 * work-items | words    | check(): of each work-item wrong words, then of the first of them its vector in
 *     |            |         |                |          | the block, its place in the vector, what was expected, what was found
 *
 * A word's pattern follows from its place in all blocks together, so that two addresses that lead to one cell do not agree.
 */

#define SAME 0u    /* the inversion alone: all zeros, all ones */
#define ADDRESS 1u /* the word's own place */
#define WALKING 2u /* one bit, another in the next word */
#define RANDOM 3u  /* a scrambled place */

#define RESULT_WORDS 8u

static inline uint16 pattern(const ulong vector, const uint kind, const uint seed, const uint inversion) {
    const uint16 lane = (uint16)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15);
    const uint16 low = (uint16)((uint)vector << 4) + lane;
    const uint high = (uint)(vector >> 28);
    uint16 word = (uint16)0;
    if (kind == ADDRESS) {
        word = low ^ (uint16)(high * 0x9e3779b1u);
    } else if (kind == WALKING) {
        word = (uint16)1 << ((low + (uint16)seed) & (uint16)31);
    } else if (kind == RANDOM) {
        word = low ^ (uint16)(seed + high * 0x9e3779b1u);
        word = (word ^ (word >> 16)) * (uint16)0x7feb352du;
        word = (word ^ (word >> 15)) * (uint16)0x846ca68bu;
        word ^= word >> 16;
    }
    return word ^ (uint16)inversion;
}

__kernel void write(
    __global uint16 *memory, const uint vectors, const ulong before, const uint kind, const uint seed, const uint inversion) {
    for (uint i = (uint)get_global_id(0); i < vectors; i += (uint)get_global_size(0)) {
        memory[i] = pattern(before + i, kind, seed, inversion);
    }
}

__kernel void check(
    __global const uint16 *memory, const uint vectors, const ulong before, const uint kind, const uint seed, const uint inversion,
    __global uint *result) {
    const uint id = (uint)get_global_id(0);
    uint wrong = 0;
    uint first_vector = 0;
    uint first_lane = 0;
    uint expected_word = 0;
    uint found_word = 0;
    for (uint i = id; i < vectors; i += (uint)get_global_size(0)) {
        const uint16 expected = pattern(before + i, kind, seed, inversion);
        const uint16 found = memory[i];
        if (any(expected != found)) {
            uint expected_words[16];
            uint found_words[16];
            vstore16(expected, 0, expected_words);
            vstore16(found, 0, found_words);
            for (uint lane = 0; lane < 16; lane++) {
                if (expected_words[lane] != found_words[lane]) {
                    if (wrong == 0) {
                        first_vector = i;
                        first_lane = lane;
                        expected_word = expected_words[lane];
                        found_word = found_words[lane];
                    }
                    wrong += wrong < 0xffffffffu ? 1u : 0u;
                }
            }
        }
    }
    result[id * RESULT_WORDS] = wrong;
    result[id * RESULT_WORDS + 1] = first_vector;
    result[id * RESULT_WORDS + 2] = first_lane;
    result[id * RESULT_WORDS + 3] = expected_word;
    result[id * RESULT_WORDS + 4] = found_word;
}
