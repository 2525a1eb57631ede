/*
 * kawpow: searches nonces of one header for hashes at or below a target, with the random program of one period. The host writes the period's program where the line of percent signs is.
 *
 * Arguments of search(); 1 to 3 are those of search.cl:
 *    # | space      | type   | count            | unit          | writer
 *    0 | __global   | uint   | 16               | words         | host: header hash 8 (little-endian), target 8 (most significant first)
 *    4 | (value)    | ulong  | 1                | nonce         | host: the first nonce of the batch
 *    5 | (value)    | uint   | 1                | nonces        | host: how many; work-items past them report nothing
 *    6 | (value)    | uint   | 1                | items         | host: items of 256 bytes of the dataset
 *    7 | (value)    | uint   | 1                | -             | host: 2^32 / items, rounded down
 *    8 | __global   | uint16 | 4 x items        | words         | build_dataset(); 8 pieces, of which PIECE_COUNT differ, each of at
 *      |            |        |                  |               | least 16 KiB: the first 16 KiB are the cache
 *
 * Build options: those of dag.cl with HASHES 1 or 16, GROUP_SIZE, PADDING (15 words, with commas).
 *
 * With HASHES 16 a work-item computes 16 consecutive nonces: Keccak with one hash per place of a vector, the rounds of each hash one
 * after the other with one lane per place. This suits CPUs.
 * With HASHES 1 a work-item is one lane: 16 neighbours compute their 16 hashes one after the other together. This suits GPUs. Between
 * neighbours everything passes through local memory and barriers; nothing assumes that they run in step.
 */

#include "../search.cl"
#include "../dag/dag.cl"

#define LANES 16
#define REGISTERS 32
#define ROUNDS 64
#define CACHE_WORDS 4096
#define MIX_WORDS 8

#define JOB_HEADER 0 /* 8 */
#define JOB_TARGET 8 /* 8 */

#define FNV_OFFSET 0x811c9dc5u
#define FNV1A(a, b) (((a) ^ (b)) * PRIME)

#if HASHES == 1
typedef uint word;
#define CACHE_SPACE __local
#define PLACES 0u
#else
typedef uint16 word;
#define CACHE_SPACE __global const
#define PLACES ((word)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15))
#endif

__constant uint PADDING_WORDS[15] = {PADDING};

/* FIPS 202, section 3.2.5, the lower 32 bits */
__constant uint SHORT_ROUND_CONSTANTS[22] = {
    0x00000001, 0x00008082, 0x0000808a, 0x80008000, 0x0000808b, 0x80000001, 0x80008081, 0x00008009,
    0x0000008a, 0x00000088, 0x80008009, 0x8000000a, 0x8000808b, 0x0000008b, 0x00008089, 0x00008003,
    0x00008002, 0x00000080, 0x0000800a, 0x8000000a, 0x80008081, 0x00008080};

/* One round of Keccak-f[800], with rho and pi written out: a moved lane is named by where it was, its column, its rotation. */
#define SHORT_MOVED(i, x, n) rotate(a[i] ^ d##x, (word)(n))
#define SHORT_ROW(i, m0, m1, m2, m3, m4)                             \
    {                                                                \
        const word t0 = m0, t1 = m1, t2 = m2, t3 = m3, t4 = m4;      \
        to[i] = t0 ^ (~t1 & t2), to[i + 1] = t1 ^ (~t2 & t3);        \
        to[i + 2] = t2 ^ (~t3 & t4), to[i + 3] = t3 ^ (~t4 & t0);    \
        to[i + 4] = t4 ^ (~t0 & t1);                                 \
    }

static inline void short_keccak_round(const word a[25], word to[25], const uint constant_of_round) {
    const word c0 = a[0] ^ a[5] ^ a[10] ^ a[15] ^ a[20];
    const word c1 = a[1] ^ a[6] ^ a[11] ^ a[16] ^ a[21];
    const word c2 = a[2] ^ a[7] ^ a[12] ^ a[17] ^ a[22];
    const word c3 = a[3] ^ a[8] ^ a[13] ^ a[18] ^ a[23];
    const word c4 = a[4] ^ a[9] ^ a[14] ^ a[19] ^ a[24];
    const word d0 = c4 ^ rotate(c1, (word)1), d1 = c0 ^ rotate(c2, (word)1), d2 = c1 ^ rotate(c3, (word)1);
    const word d3 = c2 ^ rotate(c4, (word)1), d4 = c3 ^ rotate(c0, (word)1);
    SHORT_ROW(0, SHORT_MOVED(0, 0, 0), SHORT_MOVED(6, 1, 12), SHORT_MOVED(12, 2, 11), SHORT_MOVED(18, 3, 21), SHORT_MOVED(24, 4, 14))
    SHORT_ROW(5, SHORT_MOVED(3, 3, 28), SHORT_MOVED(9, 4, 20), SHORT_MOVED(10, 0, 3), SHORT_MOVED(16, 1, 13), SHORT_MOVED(22, 2, 29))
    SHORT_ROW(10, SHORT_MOVED(1, 1, 1), SHORT_MOVED(7, 2, 6), SHORT_MOVED(13, 3, 25), SHORT_MOVED(19, 4, 8), SHORT_MOVED(20, 0, 18))
    SHORT_ROW(15, SHORT_MOVED(4, 4, 27), SHORT_MOVED(5, 0, 4), SHORT_MOVED(11, 1, 10), SHORT_MOVED(17, 2, 15), SHORT_MOVED(23, 3, 24))
    SHORT_ROW(20, SHORT_MOVED(2, 2, 30), SHORT_MOVED(8, 3, 23), SHORT_MOVED(14, 4, 7), SHORT_MOVED(15, 0, 9), SHORT_MOVED(21, 1, 2))
    to[0] ^= (word)constant_of_round;
}

static inline void short_keccak(word a[25]) {
    word b[25];
    for (int round = 0; round < 22; round += 2) {
        short_keccak_round(a, b, SHORT_ROUND_CONSTANTS[round]);
        short_keccak_round(b, a, SHORT_ROUND_CONSTANTS[round + 1]);
    }
}

/* The state after the header's hash and these nonces; its first two words are the seed. */
static inline void first_state(__global const uint *job, const word nonces_low, const word nonces_high, word a[25]) {
    for (int i = 0; i < 8; i++) {
        a[i] = (word)job[JOB_HEADER + i];
    }
    a[8] = nonces_low;
    a[9] = nonces_high;
    for (int i = 10; i < 25; i++) {
        a[i] = (word)PADDING_WORDS[i - 10];
    }
    short_keccak(a);
}

/* The state after the seed's state and the mix, which are already there: its first eight words are the hash. */
static inline void last_state(word a[25]) {
    for (int i = 16; i < 25; i++) {
        a[i] = (word)PADDING_WORDS[i - 16];
    }
    short_keccak(a);
}

/* One number of KISS99; z and w are the same in every lane. */
#define KISS99                                                                                                  \
    (z = 36969u * (z & 0xffffu) + (z >> 16), w = 18000u * (w & 0xffffu) + (w >> 16), jsr ^= jsr << (word)17,    \
     jsr ^= jsr >> (word)13, jsr ^= jsr << (word)5, jcong = 69069u * jcong + 1234567u,                          \
     (((word)((z << 16) + w)) ^ jcong) + jsr)

#define FILL(i) m[i] = KISS99;
#define FILL_ALL \
    FILL(0) FILL(1) FILL(2) FILL(3) FILL(4) FILL(5) FILL(6) FILL(7) \
    FILL(8) FILL(9) FILL(10) FILL(11) FILL(12) FILL(13) FILL(14) FILL(15) \
    FILL(16) FILL(17) FILL(18) FILL(19) FILL(20) FILL(21) FILL(22) FILL(23) \
    FILL(24) FILL(25) FILL(26) FILL(27) FILL(28) FILL(29) FILL(30) FILL(31)

static inline void fill_registers(word m[REGISTERS], const uint seed_low, const uint seed_high, const word lanes) {
    uint z = FNV1A(FNV_OFFSET, seed_low);
    uint w = FNV1A(z, seed_high);
    word jsr = FNV1A((word)w, lanes);
    word jcong = FNV1A(jsr, lanes);
    FILL_ALL
}

/* Each lane's registers as one word */
#define FOLD(i) folded = FNV1A(folded, m[i]);
#define FOLD_ALL \
    FOLD(0) FOLD(1) FOLD(2) FOLD(3) FOLD(4) FOLD(5) FOLD(6) FOLD(7) \
    FOLD(8) FOLD(9) FOLD(10) FOLD(11) FOLD(12) FOLD(13) FOLD(14) FOLD(15) \
    FOLD(16) FOLD(17) FOLD(18) FOLD(19) FOLD(20) FOLD(21) FOLD(22) FOLD(23) \
    FOLD(24) FOLD(25) FOLD(26) FOLD(27) FOLD(28) FOLD(29) FOLD(30) FOLD(31)

static inline word fold_registers(const word m[REGISTERS]) {
    word folded = (word)FNV_OFFSET;
    FOLD_ALL
    return folded;
}

/* The words of the cache that the registers name */
static inline word cached(CACHE_SPACE uint *cache, const word named) {
    const word i = named & (word)(CACHE_WORDS - 1);
#if HASHES == 1
    return cache[i];
#else
    return (word)(cache[i.s0], cache[i.s1], cache[i.s2], cache[i.s3], cache[i.s4], cache[i.s5], cache[i.s6], cache[i.s7],
                  cache[i.s8], cache[i.s9], cache[i.sa], cache[i.sb], cache[i.sc], cache[i.sd], cache[i.se], cache[i.sf]);
#endif
}

%%%%

/* A hash's word with its bytes in the opposite order */
static inline uint swap_word(const uint x) {
    return as_uint(as_uchar4(x).s3210);
}

/* Whether a hash, read as a big-endian number, is at or below the target; its words lie `step` apart. */
static inline int meets_target(__global const uint *job, const uint *hash, const uint step) {
    for (int i = 0; i < 8; i++) {
        const uint value = swap_word(hash[i * step]);
        const uint limit = job[JOB_TARGET + i];
        if (value != limit) {
            return value < limit;
        }
    }
    return 1;
}

#if HASHES > 1

/* Each lane l takes the four words of place l ^ round: vectors in the order of round's upper bits, quarters in that of its lower. */
#define QUARTERS(i)                                                 \
    word q##i = read[(i) ^ (round / 4 % 4)];                        \
    if (round & 1) {                                                \
        q##i = q##i.s45670123cdef89ab;                              \
    }                                                               \
    if (round & 2) {                                                \
        q##i = q##i.s89abcdef01234567;                              \
    }
#define WORD_OF_EACH(a, b, c, d)                                                                                \
    ((word)(q0.s##a, q0.s##b, q0.s##c, q0.s##d, q1.s##a, q1.s##b, q1.s##c, q1.s##d, q2.s##a, q2.s##b, q2.s##c,  \
            q2.s##d, q3.s##a, q3.s##b, q3.s##c, q3.s##d))

__kernel void search(__global const uint *job, SHARED_ARGUMENTS, const ulong first, const uint count, const uint items,
                     const uint reciprocal, PIECES_OF(__global const)) {
    __global const uint *cache = (__global const uint *)piece0;
    const uint begin = (uint)get_global_id(0) * HASHES;
    const ulong16 nonces = (ulong16)(first + begin) + convert_ulong16(PLACES);
    uint seeds[2][HASHES];
    uint mixes[MIX_WORDS][HASHES];
    word state[25];

    if (begin >= count) {
        return;
    }
    if (is_given_up(newest, serial)) {
        leave_out(hits, begin, HASHES, count);
        return;
    }
    first_state(job, convert_uint16(nonces & (ulong16)0xffffffffUL), convert_uint16(nonces >> (ulong16)32), state);
    vstore16(state[0], 0, seeds[0]);
    vstore16(state[1], 0, seeds[1]);
    for (int hash = 0; hash < HASHES; hash++) {
        word m[REGISTERS];
        uint shared[LANES];
        fill_registers(m, seeds[0][hash], seeds[1][hash], PLACES);
        for (uint round = 0; round < ROUNDS; round++) {
            vstore16(m[0], 0, shared);
            __global const uint16 *read = PAGE(2 * modulo(shared[round % LANES], items, reciprocal));
            FETCH(read);
            FETCH(read + 1);
            FETCH(read + 2);
            FETCH(read + 3);
            compute(m, cache);
            QUARTERS(0) QUARTERS(1) QUARTERS(2) QUARTERS(3)
            take_dataset(m, WORD_OF_EACH(0, 4, 8, c), WORD_OF_EACH(1, 5, 9, d), WORD_OF_EACH(2, 6, a, e),
                         WORD_OF_EACH(3, 7, b, f));
        }
        vstore16(fold_registers(m), 0, shared);
        for (int i = 0; i < MIX_WORDS; i++) {
            mixes[i][hash] = FNV1A(FNV1A(FNV_OFFSET, shared[i]), shared[i + MIX_WORDS]);
        }
    }
    for (int i = 0; i < MIX_WORDS; i++) {
        state[8 + i] = vload16(0, mixes[i]);
    }
    last_state(state);
    for (int i = 0; i < MIX_WORDS; i++) {
        vstore16(state[i], 0, mixes[i]);
    }
    for (uint hash = 0; hash < HASHES && begin + hash < count; hash++) {
        if (meets_target(job, &mixes[0][hash], HASHES)) {
            report(hits, begin + hash);
        }
    }
}

#else

#define TEAMS (GROUP_SIZE / LANES)

__kernel __attribute__((reqd_work_group_size(GROUP_SIZE, 1, 1))) void search(
    __global const uint *job, SHARED_ARGUMENTS, const ulong first, const uint count, const uint items,
    const uint reciprocal, PIECES_OF(__global const)) {
    __local uint cache[CACHE_WORDS];
    __local uint seeds[TEAMS][2];
    __local uint named[2][TEAMS];
    __local int is_over;
    __local uint folded[TEAMS][LANES];
    const uint offset = (uint)get_global_id(0);
    const uint team = (uint)get_local_id(0) / LANES;
    const uint lane_number = (uint)get_local_id(0) % LANES;
    const ulong nonce = first + offset;
    word state[25];

    if (get_local_id(0) == 0) {
        is_over = is_given_up(newest, serial);
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    /* not left by a return, as PoCL 3.1 loses work-items' own variables where that comes between barriers */
    const uint turns = is_over ? 0 : LANES;
    for (uint i = (uint)get_local_id(0); i < CACHE_WORDS; i += GROUP_SIZE) {
        cache[i] = ((__global const uint *)piece0)[i];
    }
    /* past the end of the batch too, as all of a work-group meet at each barrier */
    first_state(job, (uint)nonce, (uint)(nonce >> 32), state);
    for (uint turn = 0; turn < turns; turn++) {
        word m[REGISTERS];
        if (lane_number == turn) {
            seeds[team][0] = state[0];
            seeds[team][1] = state[1];
        }
        barrier(CLK_LOCAL_MEM_FENCE);
        fill_registers(m, seeds[team][0], seeds[team][1], lane_number);
        for (uint round = 0; round < ROUNDS; round++) {
            if (lane_number == round % LANES) {
                named[round % 2][team] = modulo(m[0], items, reciprocal);
            }
            barrier(CLK_LOCAL_MEM_FENCE);
            __global const uint4 *item_read = (__global const uint4 *)PAGE(2 * named[round % 2][team]);
            const uint4 words = item_read[(lane_number ^ round) % LANES];
            compute(m, cache);
            take_dataset(m, words.s0, words.s1, words.s2, words.s3);
        }
        folded[team][lane_number] = fold_registers(m);
        barrier(CLK_LOCAL_MEM_FENCE);
        if (lane_number == turn) {
            for (int i = 0; i < MIX_WORDS; i++) {
                state[8 + i] = FNV1A(FNV1A(FNV_OFFSET, folded[team][i]), folded[team][i + MIX_WORDS]);
            }
        }
        barrier(CLK_LOCAL_MEM_FENCE);
    }
    last_state(state);
    if (turns == 0) {
        leave_out(hits, offset, 1, count);
    } else if (offset < count && meets_target(job, state, 1)) {
        report(hits, offset);
    }
}

#endif
