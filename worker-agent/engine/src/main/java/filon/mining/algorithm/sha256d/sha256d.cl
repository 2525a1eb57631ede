/*
 * sha256d: searches nonces of one 80-byte header for hashes at or below a target.
 *
 * Arguments of search(); 1 to 3 are those of search.cl:
 *   # | space      | type | count            | unit          | writer
 *   0 | __global   | uint | 27               | words         | host, before each launch; see the indices below
 *   4 | (value)    | uint | 1                | nonce         | host: the first nonce of the batch
 *   5 | (value)    | uint | 1                | nonces        | host: how many nonces; work-items past them return
 *
 * Build options: VECTOR_WIDTH (1, 2, 4, 8, 16), ITEMS_PER_THREAD.
 * One work-item tries VECTOR_WIDTH x ITEMS_PER_THREAD consecutive nonces.
 *
 * The header's second SHA-256 block holds three fixed words, the nonce and padding. The host does what is the same for every
 * nonce: the midstate of the first block, the first three rounds of the second, and the schedule words 16 and 17.
 * The second hash is run to round 60 only, whose new e becomes the last word of the digest: the most significant one of the
 * number that is compared. Nearly every nonce ends there; the last rounds are run for the few vectors that hold a survivor.
 */

#include "../search.cl"

#define JOB_MIDSTATE 0   /* 8: state after the header's first 64 bytes */
#define JOB_ROUND3 8     /* 8: the same after rounds 0 to 2 of the second block */
#define JOB_BITS 16      /* 1: the header's bits as a big-endian word, schedule word 2 of the second block */
#define JOB_SCHEDULE 17  /* 2: schedule words 16 and 17 of the second block */
#define JOB_TARGET 19    /* 8: the target, most significant word first */

#define PASTE(a, b) a##b
#define WIDE(type, width) PASTE(type, width)
#if VECTOR_WIDTH == 1
typedef uint uvec;
#define LANES ((uint)0)
#define ANY(condition) (condition)
#define STORE(vector, words) (words)[0] = (vector)
#else
typedef WIDE(uint, VECTOR_WIDTH) uvec;
#define ANY(condition) any(condition)
#define STORE(vector, words) WIDE(vstore, VECTOR_WIDTH)((vector), 0, (words))
#if VECTOR_WIDTH == 2
#define LANES ((uvec)(0, 1))
#elif VECTOR_WIDTH == 4
#define LANES ((uvec)(0, 1, 2, 3))
#elif VECTOR_WIDTH == 8
#define LANES ((uvec)(0, 1, 2, 3, 4, 5, 6, 7))
#else
#define LANES ((uvec)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15))
#endif
#endif

/* FIPS 180-4, section 4.2.2 */
__constant uint K[64] = {
    0x428a2f98, 0x71374491, 0xb5c0fbcf, 0xe9b5dba5, 0x3956c25b, 0x59f111f1, 0x923f82a4, 0xab1c5ed5,
    0xd807aa98, 0x12835b01, 0x243185be, 0x550c7dc3, 0x72be5d74, 0x80deb1fe, 0x9bdc06a7, 0xc19bf174,
    0xe49b69c1, 0xefbe4786, 0x0fc19dc6, 0x240ca1cc, 0x2de92c6f, 0x4a7484aa, 0x5cb0a9dc, 0x76f988da,
    0x983e5152, 0xa831c66d, 0xb00327c8, 0xbf597fc7, 0xc6e00bf3, 0xd5a79147, 0x06ca6351, 0x14292967,
    0x27b70a85, 0x2e1b2138, 0x4d2c6dfc, 0x53380d13, 0x650a7354, 0x766a0abb, 0x81c2c92e, 0x92722c85,
    0xa2bfe8a1, 0xa81a664b, 0xc24b8b70, 0xc76c51a3, 0xd192e819, 0xd6990624, 0xf40e3585, 0x106aa070,
    0x19a4c116, 0x1e376c08, 0x2748774c, 0x34b0bcb5, 0x391c0cb3, 0x4ed8aa4a, 0x5b9cca4f, 0x682e6ff3,
    0x748f82ee, 0x78a5636f, 0x84c87814, 0x8cc70208, 0x90befffa, 0xa4506ceb, 0xbef9a3f7, 0xc67178f2};

/* FIPS 180-4, section 5.3.3 */
#define INITIAL_0 0x6a09e667u
#define INITIAL_1 0xbb67ae85u
#define INITIAL_2 0x3c6ef372u
#define INITIAL_3 0xa54ff53au
#define INITIAL_4 0x510e527fu
#define INITIAL_5 0x9b05688cu
#define INITIAL_6 0x1f83d9abu
#define INITIAL_7 0x5be0cd19u

#define ROTATE_RIGHT(x, n) rotate((x), (uvec)(32 - (n)))
#define BIG_SIGMA_0(x) (ROTATE_RIGHT(x, 2) ^ ROTATE_RIGHT(x, 13) ^ ROTATE_RIGHT(x, 22))
#define BIG_SIGMA_1(x) (ROTATE_RIGHT(x, 6) ^ ROTATE_RIGHT(x, 11) ^ ROTATE_RIGHT(x, 25))
#define SMALL_SIGMA_0(x) (ROTATE_RIGHT(x, 7) ^ ROTATE_RIGHT(x, 18) ^ ((x) >> (uvec)3))
#define SMALL_SIGMA_1(x) (ROTATE_RIGHT(x, 17) ^ ROTATE_RIGHT(x, 19) ^ ((x) >> (uvec)10))
#define CHOOSE(x, y, z) bitselect((z), (y), (x))
#define MAJORITY(x, y, z) bitselect((x), (y), (x) ^ (z))

#define EXPAND(i) \
    (w[(i)&15] += SMALL_SIGMA_0(w[((i) + 1) & 15]) + w[((i) + 9) & 15] + SMALL_SIGMA_1(w[((i) + 14) & 15]))
#define ROUND(a, b, c, d, e, f, g, h, i, word)                                    \
    {                                                                             \
        const uvec t = (h) + BIG_SIGMA_1(e) + CHOOSE(e, f, g) + (uvec)K[i] + (word); \
        (d) += t;                                                                 \
        (h) = t + BIG_SIGMA_0(a) + MAJORITY(a, b, c);                             \
    }
#define FOUR_ROUNDS(a, b, c, d, e, f, g, h, i, WORD)   \
    ROUND(a, b, c, d, e, f, g, h, i, WORD(i))          \
    ROUND(h, a, b, c, d, e, f, g, (i) + 1, WORD((i) + 1)) \
    ROUND(g, h, a, b, c, d, e, f, (i) + 2, WORD((i) + 2)) \
    ROUND(f, g, h, a, b, c, d, e, (i) + 3, WORD((i) + 3))
#define EIGHT_ROUNDS(i, WORD)                          \
    FOUR_ROUNDS(a, b, c, d, e, f, g, h, i, WORD)       \
    FOUR_ROUNDS(e, f, g, h, a, b, c, d, (i) + 4, WORD)
#define LOADED(i) w[(i)&15]

/* x with its four bytes in the opposite order */
#define SWAP_BYTES(x) ((rotate((x), (uvec)8) & (uvec)0x00ff00ff) | (rotate((x), (uvec)24) & (uvec)0xff00ff00))

/* Whether the digest of one lane, read as a number, is at or below the target. */
static inline int meets_target(__global const uint *job, const uint *digest_words, const int lane) {
    for (int word = 7; word >= 0; word--) {
        const uint in_order = digest_words[word * VECTOR_WIDTH + lane];
        const uint value = rotate(in_order, 8u) & 0x00ff00ffu | rotate(in_order, 24u) & 0xff00ff00u;
        const uint limit = job[JOB_TARGET + 7 - word];
        if (value != limit) {
            return value < limit;
        }
    }
    return 1;
}

__kernel void search(__global const uint *job, SHARED_ARGUMENTS, const uint first, const uint count) {
    const uint begin = (uint)get_global_id(0) * (VECTOR_WIDTH * ITEMS_PER_THREAD);

    if (is_given_up(newest, serial)) {
        leave_out(hits, begin, VECTOR_WIDTH * ITEMS_PER_THREAD, count);
        return;
    }
    const uint last_word_limit = job[JOB_TARGET];
    for (uint item = 0; item < ITEMS_PER_THREAD; item++) {
        const uint offset = begin + item * VECTOR_WIDTH;
        if (offset >= count) {
            return;
        }
        uvec w[16];
        w[0] = (uvec)job[JOB_SCHEDULE];
        w[1] = (uvec)job[JOB_SCHEDULE + 1];
        w[2] = (uvec)job[JOB_BITS];
        w[3] = SWAP_BYTES((uvec)(first + offset) + LANES);
        w[4] = (uvec)0x80000000u;
        w[5] = w[6] = w[7] = w[8] = w[9] = w[10] = w[11] = w[12] = w[13] = w[14] = (uvec)0u;
        w[15] = (uvec)640u;

        /* loaded in the order that round 3 gives to the names, so that groups of eight rounds end where they began */
        uvec f = (uvec)job[JOB_ROUND3], g = (uvec)job[JOB_ROUND3 + 1], h = (uvec)job[JOB_ROUND3 + 2];
        uvec a = (uvec)job[JOB_ROUND3 + 3], b = (uvec)job[JOB_ROUND3 + 4], c = (uvec)job[JOB_ROUND3 + 5];
        uvec d = (uvec)job[JOB_ROUND3 + 6], e = (uvec)job[JOB_ROUND3 + 7];
        ROUND(f, g, h, a, b, c, d, e, 3, w[3])
        FOUR_ROUNDS(e, f, g, h, a, b, c, d, 4, LOADED)
        EIGHT_ROUNDS(8, LOADED)
        ROUND(a, b, c, d, e, f, g, h, 16, w[0])
        ROUND(h, a, b, c, d, e, f, g, 17, w[1])
        ROUND(g, h, a, b, c, d, e, f, 18, EXPAND(18))
        ROUND(f, g, h, a, b, c, d, e, 19, EXPAND(19))
        FOUR_ROUNDS(e, f, g, h, a, b, c, d, 20, EXPAND)
        EIGHT_ROUNDS(24, EXPAND)
        EIGHT_ROUNDS(32, EXPAND)
        EIGHT_ROUNDS(40, EXPAND)
        EIGHT_ROUNDS(48, EXPAND)
        EIGHT_ROUNDS(56, EXPAND)

        w[0] = a + (uvec)job[JOB_MIDSTATE];
        w[1] = b + (uvec)job[JOB_MIDSTATE + 1];
        w[2] = c + (uvec)job[JOB_MIDSTATE + 2];
        w[3] = d + (uvec)job[JOB_MIDSTATE + 3];
        w[4] = e + (uvec)job[JOB_MIDSTATE + 4];
        w[5] = f + (uvec)job[JOB_MIDSTATE + 5];
        w[6] = g + (uvec)job[JOB_MIDSTATE + 6];
        w[7] = h + (uvec)job[JOB_MIDSTATE + 7];
        w[8] = (uvec)0x80000000u;
        w[9] = w[10] = w[11] = w[12] = w[13] = w[14] = (uvec)0u;
        w[15] = (uvec)256u;

        a = (uvec)INITIAL_0, b = (uvec)INITIAL_1, c = (uvec)INITIAL_2, d = (uvec)INITIAL_3;
        e = (uvec)INITIAL_4, f = (uvec)INITIAL_5, g = (uvec)INITIAL_6, h = (uvec)INITIAL_7;
        EIGHT_ROUNDS(0, LOADED)
        EIGHT_ROUNDS(8, LOADED)
        EIGHT_ROUNDS(16, EXPAND)
        EIGHT_ROUNDS(24, EXPAND)
        EIGHT_ROUNDS(32, EXPAND)
        EIGHT_ROUNDS(40, EXPAND)
        EIGHT_ROUNDS(48, EXPAND)
        FOUR_ROUNDS(a, b, c, d, e, f, g, h, 56, EXPAND)

        /* e after round 60 is h after round 63 */
        const uvec last = (uvec)(INITIAL_7 + K[60]) + EXPAND(60) + h + d + BIG_SIGMA_1(a) + CHOOSE(a, b, c);
        if (!ANY(SWAP_BYTES(last) <= (uvec)last_word_limit)) {
            continue;
        }

        EXPAND(61);
        EXPAND(62);
        EXPAND(63);
        FOUR_ROUNDS(e, f, g, h, a, b, c, d, 60, LOADED)
        uint digest_words[8 * VECTOR_WIDTH];
        STORE(a + (uvec)INITIAL_0, digest_words);
        STORE(b + (uvec)INITIAL_1, digest_words + VECTOR_WIDTH);
        STORE(c + (uvec)INITIAL_2, digest_words + 2 * VECTOR_WIDTH);
        STORE(d + (uvec)INITIAL_3, digest_words + 3 * VECTOR_WIDTH);
        STORE(e + (uvec)INITIAL_4, digest_words + 4 * VECTOR_WIDTH);
        STORE(f + (uvec)INITIAL_5, digest_words + 5 * VECTOR_WIDTH);
        STORE(g + (uvec)INITIAL_6, digest_words + 6 * VECTOR_WIDTH);
        STORE(h + (uvec)INITIAL_7, digest_words + 7 * VECTOR_WIDTH);
        for (uint lane = 0; lane < VECTOR_WIDTH && offset + lane < count; lane++) {
            if (meets_target(job, digest_words, lane)) {
                report(hits, offset + lane);
            }
        }
    }
}
