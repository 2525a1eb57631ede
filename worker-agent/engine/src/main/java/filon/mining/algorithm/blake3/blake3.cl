/*
 * blake3 (Alephium): searches nonces of one header for hashes at or below a target.
 *
 * Arguments of search(); 1 to 3 are those of search.cl:
 *   # | space      | type  | count            | unit          | writer
 *   0 | __global   | uint  | 104              | words         | host: the message with a nonce of zero, 6 blocks of 16 words,
 *     |            |       |                  |               | little-endian; target 8, most significant first
 *   4 | (value)    | ulong | 1                | nonce         | host: the first nonce of the batch
 *   5 | (value)    | uint  | 1                | nonces        | host: how many; work-items past them report nothing
 *
 * Build options: VECTOR_WIDTH (1, 2, 4, 8, 16), ITEMS_PER_THREAD.
 * One work-item tries VECTOR_WIDTH x ITEMS_PER_THREAD consecutive nonces. The nonce is in the first block, so that nothing of the other
 * five can be computed once for all.
 */

#include "../search.cl"

#define BLOCKS 6
#define BLOCK_WORDS 16
#define LAST_BLOCK_BYTES 6
#define NONCE_WORD 4
#define DIGEST_BYTES 32
#define CHUNK_START 1
#define CHUNK_END 2
#define ROOT 8

#define JOB_TARGET (BLOCKS * BLOCK_WORDS)

#define PASTE(a, b) a##b
#define WIDE(type, width) PASTE(type, width)
#if VECTOR_WIDTH == 1
typedef uint word;
typedef ulong wide;
#define PLACES ((wide)0)
#define ANY(condition) (condition)
#define STORE(vector, words) (words)[0] = (vector)
#define LOW(x) ((uint)(x))
#define HIGH(x) ((uint)((x) >> 32))
#else
typedef WIDE(uint, VECTOR_WIDTH) word;
typedef WIDE(ulong, VECTOR_WIDTH) wide;
#define ANY(condition) any(condition)
#define STORE(vector, words) WIDE(vstore, VECTOR_WIDTH)((vector), 0, (words))
#define LOW(x) WIDE(convert_uint, VECTOR_WIDTH)((x) & (wide)0xffffffffUL)
#define HIGH(x) WIDE(convert_uint, VECTOR_WIDTH)((x) >> (wide)32)
#if VECTOR_WIDTH == 2
#define PLACES ((wide)(0, 1))
#elif VECTOR_WIDTH == 4
#define PLACES ((wide)(0, 1, 2, 3))
#elif VECTOR_WIDTH == 8
#define PLACES ((wide)(0, 1, 2, 3, 4, 5, 6, 7))
#else
#define PLACES ((wide)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15))
#endif
#endif

/* BLAKE3 paper, section 2.2, table 1 */
__constant uint INITIAL[8] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

/* Rotations to the right by 16, 12, 8, 7 */
#define MIX(a, b, c, d, x, y)                \
    v[a] += v[b] + (x);                      \
    v[d] = rotate(v[d] ^ v[a], (word)16);    \
    v[c] += v[d];                            \
    v[b] = rotate(v[b] ^ v[c], (word)20);    \
    v[a] += v[b] + (y);                      \
    v[d] = rotate(v[d] ^ v[a], (word)24);    \
    v[c] += v[d];                            \
    v[b] = rotate(v[b] ^ v[c], (word)25);
/* The permutation of the words is in the numbers of each round. */
#define ROUND(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15)                  \
    MIX(0, 4, 8, 12, m[s0], m[s1]) MIX(1, 5, 9, 13, m[s2], m[s3])                                    \
    MIX(2, 6, 10, 14, m[s4], m[s5]) MIX(3, 7, 11, 15, m[s6], m[s7])                                  \
    MIX(0, 5, 10, 15, m[s8], m[s9]) MIX(1, 6, 11, 12, m[s10], m[s11])                                \
    MIX(2, 7, 8, 13, m[s12], m[s13]) MIX(3, 4, 9, 14, m[s14], m[s15])

/* Section 2.2: one block into the chaining value; the counter is zero. */
static inline void compress(word chaining[8], const word m[16], const uint bytes, const uint flags) {
    word v[16];
    for (int i = 0; i < 8; i++) {
        v[i] = chaining[i];
    }
    for (int i = 0; i < 4; i++) {
        v[8 + i] = (word)INITIAL[i];
    }
    v[12] = v[13] = (word)0u;
    v[14] = (word)bytes;
    v[15] = (word)flags;
    ROUND(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
    ROUND(2, 6, 3, 10, 7, 0, 4, 13, 1, 11, 12, 5, 9, 14, 15, 8)
    ROUND(3, 4, 10, 12, 13, 2, 7, 14, 6, 5, 9, 0, 11, 15, 8, 1)
    ROUND(10, 7, 12, 9, 14, 3, 13, 15, 4, 0, 11, 2, 5, 8, 1, 6)
    ROUND(12, 13, 9, 11, 15, 10, 14, 8, 7, 2, 5, 3, 0, 1, 6, 4)
    ROUND(9, 14, 11, 5, 8, 12, 15, 1, 13, 3, 0, 10, 2, 6, 4, 7)
    ROUND(11, 15, 5, 0, 1, 9, 8, 6, 14, 10, 2, 12, 3, 4, 7, 13)
    for (int i = 0; i < 8; i++) {
        chaining[i] = v[i] ^ v[8 + i];
    }
}

static inline void begin_hash(word chaining[8]) {
    for (int i = 0; i < 8; i++) {
        chaining[i] = (word)INITIAL[i];
    }
}

/* x with its four bytes in the opposite order */
#define SWAP_BYTES(x) ((rotate((x), (word)8) & (word)0x00ff00ff) | (rotate((x), (word)24) & (word)0xff00ff00))

/* Whether the hash of one lane, read as a big-endian number, is at or below the target. */
static inline int meets_target(__global const uint *job, const uint *in_order, const uint lane) {
    for (int i = 0; i < 8; i++) {
        const uint value = in_order[i * VECTOR_WIDTH + lane];
        const uint limit = job[JOB_TARGET + i];
        if (value != limit) {
            return value < limit;
        }
    }
    return 1;
}

__kernel void search(__global const uint *job, SHARED_ARGUMENTS, const ulong first, const uint count) {
    const uint begin = (uint)get_global_id(0) * (VECTOR_WIDTH * ITEMS_PER_THREAD);

    if (is_given_up(newest, serial)) {
        leave_out(hits, begin, VECTOR_WIDTH * ITEMS_PER_THREAD, count);
        return;
    }
    for (uint item = 0; item < ITEMS_PER_THREAD; item++) {
        const uint offset = begin + item * VECTOR_WIDTH;
        if (offset >= count) {
            return;
        }
        const wide nonces = (wide)(first + offset) + PLACES;
        word chaining[8];
        word m[16];
        begin_hash(chaining);
        for (uint block = 0; block < BLOCKS; block++) {
            const uint is_last = block == BLOCKS - 1;
            for (uint i = 0; i < BLOCK_WORDS; i++) {
                m[i] = (word)job[block * BLOCK_WORDS + i];
            }
            if (block == 0) {
                m[NONCE_WORD] = SWAP_BYTES(HIGH(nonces));
                m[NONCE_WORD + 1] = SWAP_BYTES(LOW(nonces));
            }
            compress(chaining, m, is_last ? LAST_BLOCK_BYTES : 64, (block == 0 ? CHUNK_START : 0) | (is_last ? CHUNK_END | ROOT : 0));
        }
        for (int i = 0; i < 8; i++) {
            m[i] = chaining[i];
            m[8 + i] = (word)0u;
        }
        begin_hash(chaining);
        compress(chaining, m, DIGEST_BYTES, CHUNK_START | CHUNK_END | ROOT);
        if (!ANY(SWAP_BYTES(chaining[0]) <= (word)job[JOB_TARGET])) {
            continue;
        }
        uint in_order[8 * VECTOR_WIDTH];
        for (int i = 0; i < 8; i++) {
            STORE(SWAP_BYTES(chaining[i]), in_order + i * VECTOR_WIDTH);
        }
        for (uint lane = 0; lane < VECTOR_WIDTH && offset + lane < count; lane++) {
            if (meets_target(job, in_order, lane)) {
                report(hits, offset + lane);
            }
        }
    }
}
