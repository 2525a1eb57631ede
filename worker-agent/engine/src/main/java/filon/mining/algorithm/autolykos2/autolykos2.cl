/*
 * autolykos2: makes the table of a height, and searches nonces of one message for hashes at or below a target.
 *
 * Arguments of search(); 1 to 3 are those of search.cl:
 *    # | space      | type   | count            | unit          | writer
 *    0 | __global   | ulong  | 8                | words         | host: message 4 (little-endian), target 4 (most significant first)
 *    4 | (value)    | ulong  | 1                | nonce         | host: the first nonce of the batch
 *    5 | (value)    | uint   | 1                | nonces        | host: how many; work-items past them report nothing
 *    6 | (value)    | uint   | 1                | elements      | host: how many the table has
 *    7 | (value)    | uint   | 1                | -             | host: 2^32 / elements, rounded down
 *    8 | __global   | ulong4 | elements         | numbers       | build_table(); 8 pieces, of which PIECE_COUNT differ
 *
 * Arguments of build_table():
 *    0 | (value)    | uint   | 1                | height        | host
 *    1 | (value)    | uint   | 1                | element       | host: the first element to make
 *    2 | (value)    | uint   | 1                | element       | host: one past the last
 *    3 | __global   | ulong4 | elements         | numbers       | kernel; 8 pieces: 31 bytes as a number, least significant word first
 *
 * Build options: HASHES (hashes or elements per work-item: 1, or a multiple of 8 up to 64), PIECE_COUNT, PIECE_SHIFT
 * (log2 of the elements of a piece).
 *
 * With HASHES above 1 BLAKE2b works on vectors of one word of 8 hashes, and the reads of a hash, whose places are all known at once, are
 * asked for before the first is waited for. This suits CPUs. With HASHES 1 a work-item hashes one nonce. This suits GPUs.
 */

#include "../search.cl"

#define READS 32
#define ELEMENT_HASH_BYTES 8200
#define ELEMENT_HASH_BLOCKS 65

#define JOB_MESSAGE 0 /* 4 */
#define JOB_TARGET 4  /* 4 */

#if HASHES == 1
typedef ulong lane;
#define WIDTH 1
#define PLACES ((lane)0)
#define LOAD(words) ((words)[0])
#define STORE(vector, words) (words)[0] = (vector)
#else
typedef ulong8 lane;
#define WIDTH 8
#define PLACES ((lane)(0, 1, 2, 3, 4, 5, 6, 7))
#define LOAD(words) vload8(0, (words))
#define STORE(vector, words) vstore8((vector), 0, (words))
#endif
#define VECTORS (HASHES / WIDTH)

/* RFC 7693, section 2.6 */
__constant ulong INITIAL[8] = {
    0x6a09e667f3bcc908UL, 0xbb67ae8584caa73bUL, 0x3c6ef372fe94f82bUL, 0xa54ff53a5f1d36f1UL,
    0x510e527fade682d1UL, 0x9b05688c2b3e6c1fUL, 0x1f83d9abfb41bd6bUL, 0x5be0cd19137e2179UL};
/* of the first word: digest of 32 bytes, no key (section 2.5) */
#define PARAMETERS 0x01010020UL

/* Section 3.1; rotations to the right by 32, 24, 16, 63 */
#define MIX(a, b, c, d, x, y)                \
    v[a] += v[b] + (x);                      \
    v[d] = rotate(v[d] ^ v[a], (lane)32);    \
    v[c] += v[d];                            \
    v[b] = rotate(v[b] ^ v[c], (lane)40);    \
    v[a] += v[b] + (y);                      \
    v[d] = rotate(v[d] ^ v[a], (lane)48);    \
    v[c] += v[d];                            \
    v[b] = rotate(v[b] ^ v[c], (lane)1);
/* Section 2.7 gives the order of the words in each round. */
#define ROUND(s0, s1, s2, s3, s4, s5, s6, s7, s8, s9, s10, s11, s12, s13, s14, s15)                  \
    MIX(0, 4, 8, 12, m[s0], m[s1]) MIX(1, 5, 9, 13, m[s2], m[s3])                                    \
    MIX(2, 6, 10, 14, m[s4], m[s5]) MIX(3, 7, 11, 15, m[s6], m[s7])                                  \
    MIX(0, 5, 10, 15, m[s8], m[s9]) MIX(1, 6, 11, 12, m[s10], m[s11])                                \
    MIX(2, 7, 8, 13, m[s12], m[s13]) MIX(3, 4, 9, 14, m[s14], m[s15])

/* Section 3.2: one block into the state; `bytes` are those of the message until its end or the block's. */
static inline void compress(lane state[8], const lane m[16], const ulong bytes, const ulong is_last) {
    lane v[16];
    for (int i = 0; i < 8; i++) {
        v[i] = state[i];
        v[8 + i] = (lane)INITIAL[i];
    }
    v[12] ^= (lane)bytes;
    v[14] ^= (lane)is_last;
    ROUND(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
    ROUND(14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3)
    ROUND(11, 8, 12, 0, 5, 2, 15, 13, 10, 14, 3, 6, 7, 1, 9, 4)
    ROUND(7, 9, 3, 1, 13, 12, 11, 14, 2, 6, 5, 10, 4, 0, 15, 8)
    ROUND(9, 0, 5, 7, 2, 4, 10, 15, 14, 1, 11, 12, 6, 8, 3, 13)
    ROUND(2, 12, 6, 10, 0, 11, 8, 3, 4, 13, 7, 5, 15, 14, 1, 9)
    ROUND(12, 5, 1, 15, 14, 13, 4, 10, 0, 7, 6, 3, 9, 2, 8, 11)
    ROUND(13, 11, 7, 14, 12, 1, 3, 9, 5, 0, 15, 4, 8, 6, 2, 10)
    ROUND(6, 15, 14, 9, 11, 3, 0, 8, 12, 2, 13, 7, 1, 4, 10, 5)
    ROUND(10, 2, 8, 4, 7, 6, 1, 5, 15, 11, 9, 14, 3, 12, 13, 0)
    ROUND(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15)
    ROUND(14, 10, 4, 8, 9, 15, 13, 6, 1, 12, 0, 2, 11, 7, 5, 3)
    for (int i = 0; i < 8; i++) {
        state[i] ^= v[i] ^ v[8 + i];
    }
}

static inline void begin_hash(lane state[8]) {
    for (int i = 0; i < 8; i++) {
        state[i] = (lane)INITIAL[i];
    }
    state[0] ^= (lane)PARAMETERS;
}

/* A whole message of up to 128 bytes; words past it are zero. */
static inline void hash_block(const lane m[16], const ulong bytes, lane state[8]) {
    begin_hash(state);
    compress(state, m, bytes, ~0UL);
}

static inline void clear(lane m[16]) {
    for (int i = 0; i < 16; i++) {
        m[i] = (lane)0;
    }
}

static inline ulong swap_bytes(const ulong x) {
    return as_ulong(as_uchar8(x).s76543210);
}

/* The same on each word of a vector */
static inline lane swap_each(const lane x) {
    const lane halves = rotate(x, (lane)32);
    const lane quarters = (halves >> (lane)16 & (lane)0x0000ffff0000ffffUL) | (halves & (lane)0x0000ffff0000ffffUL) << (lane)16;
    return (quarters >> (lane)8 & (lane)0x00ff00ff00ff00ffUL) | (quarters & (lane)0x00ff00ff00ff00ffUL) << (lane)8;
}

static inline uint swap_word(const uint x) {
    return as_uint(as_uchar4(x).s3210);
}

#define ROW_TYPE ulong4
#include "../table.cl"

/* Where an element lies */
#define ELEMENT(i) ROW_AT(i, 1)

/*
 * An element is the hash of its number, the height, and the numbers 0 to 1023 as eight bytes each, without the hash's first byte. Word
 * n of that message is number n - 1, except the first word of all.
 */
__kernel void build_table(const uint height, const uint first, const uint end, PIECES_OF(__global)) {
    const uint begin = first + (uint)get_global_id(0) * HASHES;

    for (uint from = begin; from < begin + HASHES && from < end; from += WIDTH) {
        ulong numbers[WIDTH];
        ulong digests[4][WIDTH];
        lane state[8];
        lane m[16];
        for (uint i = 0; i < WIDTH; i++) {
            numbers[i] = swap_word(from + i) | (ulong)swap_word(height) << 32;
        }
        begin_hash(state);
        for (uint block = 0; block < ELEMENT_HASH_BLOCKS - 1; block++) {
            for (uint i = 0; i < 16; i++) {
                m[i] = (lane)swap_bytes((ulong)(16 * block + i) - 1);
            }
            if (block == 0) {
                m[0] = LOAD(numbers);
            }
            compress(state, m, 128 * (block + 1), 0);
        }
        clear(m);
        m[0] = (lane)swap_bytes(1023);
        compress(state, m, ELEMENT_HASH_BYTES, ~0UL);
        for (int i = 0; i < 4; i++) {
            STORE(swap_each(state[i]), digests[i]);
        }
        for (uint i = 0; i < WIDTH && from + i < end; i++) {
            ELEMENT(from + i)[0] = (ulong4)(digests[3][i], digests[2][i], digests[1][i], digests[0][i] & 0x00ffffffffffffffUL);
        }
    }
}

/* Whether a number of four words, the most significant first, is at or below the target. */
static inline int meets_target(__global const ulong *job, const ulong *hash, const uint step) {
    for (int i = 0; i < 4; i++) {
        const ulong limit = job[JOB_TARGET + i];
        if (hash[i * step] != limit) {
            return hash[i * step] < limit;
        }
    }
    return 1;
}

/* The byte string of these words, moved one byte towards its start: how all that follows an element's 31 bytes lies. */
#define MOVED(word, next) ((word) >> (lane)8 | (next) << (lane)56)

__kernel void search(__global const ulong *job, SHARED_ARGUMENTS, const ulong first, const uint count,
                     const uint elements, const uint reciprocal, PIECES_OF(__global const)) {
    const uint begin = (uint)get_global_id(0) * HASHES;
    __global const ulong4 *starts[HASHES];
    ulong words[4][HASHES];

    if (begin >= count) {
        return;
    }
    if (is_given_up(newest, serial)) {
        leave_out(hits, begin, HASHES, count);
        return;
    }
    for (uint from = 0; from < HASHES; from += WIDTH) {
        lane m[16];
        lane state[8];
        ulong last[WIDTH];
        clear(m);
        for (int i = 0; i < 4; i++) {
            m[i] = (lane)job[JOB_MESSAGE + i];
        }
        m[4] = swap_each((lane)(first + begin + from) + PLACES);
        hash_block(m, 40, state);
        STORE(swap_each(state[3]), last);
        for (uint i = 0; i < WIDTH; i++) {
            starts[from + i] = ELEMENT((uint)(last[i] % elements));
            FETCH(starts[from + i]);
        }
    }
    for (uint from = 0; from < HASHES; from += WIDTH) {
        lane m[16];
        lane state[8];
        lane hash[4];
        const lane nonces = swap_each((lane)(first + begin + from) + PLACES);
        for (uint i = 0; i < WIDTH; i++) {
            const ulong4 element = starts[from + i][0];
            words[0][from + i] = element.s3;
            words[1][from + i] = element.s2;
            words[2][from + i] = element.s1;
            words[3][from + i] = element.s0;
        }
        for (int i = 0; i < 4; i++) {
            hash[i] = swap_each(LOAD(&words[i][from]));
        }
        clear(m);
        for (int i = 0; i < 3; i++) {
            m[i] = MOVED(hash[i], hash[i + 1]);
        }
        m[3] = MOVED(hash[3], (lane)job[JOB_MESSAGE]);
        for (int i = 0; i < 3; i++) {
            m[4 + i] = MOVED((lane)job[JOB_MESSAGE + i], (lane)job[JOB_MESSAGE + i + 1]);
        }
        m[7] = MOVED((lane)job[JOB_MESSAGE + 3], nonces);
        m[8] = nonces >> (lane)8;
        hash_block(m, 71, state);
        for (int i = 0; i < 4; i++) {
            STORE(swap_each(state[i]), &words[i][from]);
        }
    }
    for (uint hash = 0; hash < HASHES; hash++) {
        __global const ulong4 *read[READS];
        ulong4 low = (ulong4)0;
        ulong4 high = (ulong4)0;
        for (uint i = 0; i < READS; i++) {
            /* four bytes from byte i on of the hash, which begins anew at its end */
            const ulong here = words[i / 8][hash];
            const ulong next = words[(i / 8 + 1) % 4][hash];
            const uint skipped = i % 8 * 8;
            const ulong window = skipped == 0 ? here : here << skipped | next >> (64 - skipped);
            read[i] = ELEMENT(modulo((uint)(window >> 32), elements, reciprocal));
            FETCH(read[i]);
        }
        for (uint i = 0; i < READS; i++) {
            low += read[i][0] & (ulong4)0xffffffffUL;
            high += read[i][0] >> (ulong4)32;
        }
        /* the carries of the halves, least significant first */
        const ulong l0 = low.s0, h0 = high.s0 + (l0 >> 32);
        const ulong l1 = low.s1 + (h0 >> 32), h1 = high.s1 + (l1 >> 32);
        const ulong l2 = low.s2 + (h1 >> 32), h2 = high.s2 + (l2 >> 32);
        const ulong l3 = low.s3 + (h2 >> 32), h3 = high.s3 + (l3 >> 32);
        words[0][hash] = (h3 << 32) | (l3 & 0xffffffffUL);
        words[1][hash] = (h2 << 32) | (l2 & 0xffffffffUL);
        words[2][hash] = (h1 << 32) | (l1 & 0xffffffffUL);
        words[3][hash] = (h0 << 32) | (l0 & 0xffffffffUL);
    }
    for (uint from = 0; from < HASHES; from += WIDTH) {
        lane m[16];
        lane state[8];
        clear(m);
        for (int i = 0; i < 4; i++) {
            m[i] = swap_each(LOAD(&words[i][from]));
        }
        hash_block(m, 32, state);
        for (int i = 0; i < 4; i++) {
            STORE(swap_each(state[i]), &words[i][from]);
        }
    }
    for (uint hash = 0; hash < HASHES && begin + hash < count; hash++) {
        if (meets_target(job, &words[0][hash], HASHES)) {
            report(hits, begin + hash);
        }
    }
}
