/*
 * What a device can do at most: bytes read in order, bytes read at random places, integer operations.
 *
 * Arguments of fill(): the first two of the following.
 * Arguments of stream() and scattered():
 *   # | space      | type   | count      | unit  | writer
 *   0 | __global   | uint16 | vectors    | words | fill(): what is in it does not matter
 *   1 | (value)    | uint   | 1          | -     | host: vectors, a power of two
 *   2 | (value)    | uint   | 1          | reads | host: per work-item
 *   3 | __global   | uint   | work-items | words | kernel: something that depends on all that was read
 *
 * Arguments of integer():
 *   0 | (value)    | uint   | 1          | steps | host: of 24 operations per place of a vector
 *   1 | __global   | uint   | work-items | words | kernel: something that depends on all operations
 *
 * Build options: VECTOR_WIDTH (1, 2, 4, 8, 16), CHAINS (reads on their way at once).
 */

#define PASTE(a, b) a##b
#define WIDE(type, width) PASTE(type, width)
#if VECTOR_WIDTH == 1
typedef uint vector;
#define FIRST(x) (x)
#else
typedef WIDE(uint, VECTOR_WIDTH) vector;
#define FIRST(x) ((x).s0)
#endif

#include "../algorithm/fetch.cl"

/* Memory that was never written may be one and the same page everywhere. */
__kernel void fill(__global uint16 *data, const uint vectors) {
    for (uint i = (uint)get_global_id(0); i < vectors; i += (uint)get_global_size(0)) {
        data[i] = (uint16)i;
    }
}

__kernel void stream(__global const uint16 *data, const uint vectors, const uint reads, __global uint *out) {
    const uint id = (uint)get_global_id(0);
    const uint items = (uint)get_global_size(0);
    uint16 sum = (uint16)0;
    for (uint i = 0; i < reads; i++) {
        sum += data[(i * items + id) & (vectors - 1)];
    }
    out[id] = sum.s0 ^ sum.s7 ^ sum.sf;
}

__kernel void scattered(__global const uint16 *data, const uint vectors, const uint reads, __global uint *out) {
    const uint id = (uint)get_global_id(0);
    uint16 sum = (uint16)0;
    uint place[CHAINS];
    for (uint chain = 0; chain < CHAINS; chain++) {
        place[chain] = (id * CHAINS + chain) * 2654435761u + 12345u;
    }
    for (uint i = 0; i < reads; i += CHAINS) {
        for (uint chain = 0; chain < CHAINS; chain++) {
            place[chain] = place[chain] * 1664525u + 1013904223u;
            FETCH(&data[(place[chain] >> 3) & (vectors - 2)]);
            FETCH(&data[((place[chain] >> 3) & (vectors - 2)) + 1]);
        }
        for (uint chain = 0; chain < CHAINS; chain++) {
            const uint at = (place[chain] >> 3) & (vectors - 2);
            sum += data[at] ^ data[at + 1];
        }
    }
    out[id] = sum.s0 ^ sum.s7 ^ sum.sf;
}

/* Three operations on each of eight vectors that do not wait for each other */
#define STEP(i) x##i = rotate(x##i ^ key, (vector)7) + (vector)0x9e3779b9u;

__kernel void integer(const uint steps, __global uint *out) {
    const uint id = (uint)get_global_id(0);
    const vector key = (vector)(id * 2654435761u);
    vector x0 = key + (vector)1, x1 = key + (vector)2, x2 = key + (vector)3, x3 = key + (vector)4;
    vector x4 = key + (vector)5, x5 = key + (vector)6, x6 = key + (vector)7, x7 = key + (vector)8;
    for (uint i = 0; i < steps; i++) {
        STEP(0) STEP(1) STEP(2) STEP(3) STEP(4) STEP(5) STEP(6) STEP(7)
    }
    out[id] = FIRST(x0 ^ x1 ^ x2 ^ x3 ^ x4 ^ x5 ^ x6 ^ x7);
}
