/*
 * The dataset that ethash and its kin read: Keccak, the places of pages, and the kernel that makes the items.
 *
 * Arguments of build_dataset():
 *    0 | __global   | uint16 | cache items      | words         | host: the light cache
 *    1 | (value)    | uint   | 1                | items         | host: how many the light cache has
 *    2 | (value)    | uint   | 1                | -             | host: 2^32 / cache items, rounded down
 *    3 | (value)    | uint   | 1                | item          | host: the first item of 64 bytes to make
 *    4 | (value)    | uint   | 1                | item          | host: one past the last
 *    5 | __global   | uint16 | 2 x pages        | words         | kernel; 8 pieces
 *
 * Build options: HASHES (hashes or items per work-item: 1, or a multiple of 8 up to 128), PIECE_COUNT, PIECE_SHIFT (log2 of the
 * pages of a piece); BUILD_DATASET where the kernel itself is wanted, with PARENTS.
 */

#define PRIME 0x01000193u

#if HASHES == 1
typedef ulong lane;
#define VECTORS 1
#define LANES_OFFSET ((lane)0)
#else
typedef ulong8 lane;
#define VECTORS (HASHES / 8)
#define LANES_OFFSET ((lane)(0, 1, 2, 3, 4, 5, 6, 7))
#endif

/* FIPS 202, section 3.2.5 */
__constant ulong ROUND_CONSTANTS[24] = {
    0x0000000000000001UL, 0x0000000000008082UL, 0x800000000000808aUL, 0x8000000080008000UL, 0x000000000000808bUL,
    0x0000000080000001UL, 0x8000000080008081UL, 0x8000000000008009UL, 0x000000000000008aUL, 0x0000000000000088UL,
    0x0000000080008009UL, 0x000000008000000aUL, 0x000000008000808bUL, 0x800000000000008bUL, 0x8000000000008089UL,
    0x8000000000008003UL, 0x8000000000008002UL, 0x8000000000000080UL, 0x000000000000800aUL, 0x800000008000000aUL,
    0x8000000080008081UL, 0x8000000000008080UL, 0x0000000080000001UL, 0x8000000080008008UL};

/* One round, with rho and pi written out: a moved lane is named by where it was, its column, its rotation. */
#define MOVED(i, x, n) rotate(a[i] ^ d##x, (lane)(n))
#define ROW(i, m0, m1, m2, m3, m4)                                   \
    {                                                                \
        const lane t0 = m0, t1 = m1, t2 = m2, t3 = m3, t4 = m4;      \
        to[i] = t0 ^ (~t1 & t2), to[i + 1] = t1 ^ (~t2 & t3);        \
        to[i + 2] = t2 ^ (~t3 & t4), to[i + 3] = t3 ^ (~t4 & t0);    \
        to[i + 4] = t4 ^ (~t0 & t1);                                 \
    }

static inline void keccak_round(const lane a[25], lane to[25], const ulong constant_of_round) {
    const lane c0 = a[0] ^ a[5] ^ a[10] ^ a[15] ^ a[20];
    const lane c1 = a[1] ^ a[6] ^ a[11] ^ a[16] ^ a[21];
    const lane c2 = a[2] ^ a[7] ^ a[12] ^ a[17] ^ a[22];
    const lane c3 = a[3] ^ a[8] ^ a[13] ^ a[18] ^ a[23];
    const lane c4 = a[4] ^ a[9] ^ a[14] ^ a[19] ^ a[24];
    const lane d0 = c4 ^ rotate(c1, (lane)1), d1 = c0 ^ rotate(c2, (lane)1), d2 = c1 ^ rotate(c3, (lane)1);
    const lane d3 = c2 ^ rotate(c4, (lane)1), d4 = c3 ^ rotate(c0, (lane)1);
    ROW(0, MOVED(0, 0, 0), MOVED(6, 1, 44), MOVED(12, 2, 43), MOVED(18, 3, 21), MOVED(24, 4, 14))
    ROW(5, MOVED(3, 3, 28), MOVED(9, 4, 20), MOVED(10, 0, 3), MOVED(16, 1, 45), MOVED(22, 2, 61))
    ROW(10, MOVED(1, 1, 1), MOVED(7, 2, 6), MOVED(13, 3, 25), MOVED(19, 4, 8), MOVED(20, 0, 18))
    ROW(15, MOVED(4, 4, 27), MOVED(5, 0, 36), MOVED(11, 1, 10), MOVED(17, 2, 15), MOVED(23, 3, 56))
    ROW(20, MOVED(2, 2, 62), MOVED(8, 3, 55), MOVED(14, 4, 39), MOVED(15, 0, 41), MOVED(21, 1, 2))
    to[0] ^= (lane)constant_of_round;
}

static inline void keccak(lane a[25]) {
    lane b[25];
    for (int round = 0; round < 24; round += 2) {
        keccak_round(a, b, ROUND_CONSTANTS[round]);
        keccak_round(b, a, ROUND_CONSTANTS[round + 1]);
    }
}

/* Ends a message of `used` lanes in a block of `rate` lanes with Keccak's padding and clears the rest of the state. */
static inline void pad_message(lane a[25], const int used, const int rate) {
    for (int i = used; i < 25; i++) {
        a[i] = (lane)0;
    }
    a[used] ^= (lane)1;
    a[rate - 1] ^= (lane)0x8000000000000000UL;
}

/*
 * Asks for memory that is read a little later. Where a work-item has several hashes, the reads of all of them are asked for before
 * the first is waited for; a core holds back far fewer reads than prefetches.
 */
#if HASHES == 1 || !defined(__has_builtin)
#define FETCH(address)
#elif __has_builtin(__builtin_prefetch)
#define FETCH(address) __builtin_prefetch(address)
#else
#define FETCH(address)
#endif

/* 64 bytes of each hash: as words, as lanes, as one vector. */
typedef union {
    uint16 vector;
    uint words[16];
    ulong lanes[8];
} item;

#if HASHES == 1
#define GATHER(items, first, i) ((items)[first].lanes[i])
#define SCATTER(value, items, first, i) (items)[first].lanes[i] = (value);
#else
#define GATHER(items, first, i)                                                                                  \
    ((lane)((items)[(first)].lanes[i], (items)[(first) + 1].lanes[i], (items)[(first) + 2].lanes[i],             \
            (items)[(first) + 3].lanes[i], (items)[(first) + 4].lanes[i], (items)[(first) + 5].lanes[i],         \
            (items)[(first) + 6].lanes[i], (items)[(first) + 7].lanes[i]))
#define SCATTER(value, items, first, i)                                                                          \
    {                                                                                                            \
        const lane scattered = (value);                                                                          \
        (items)[(first)].lanes[i] = scattered.s0, (items)[(first) + 1].lanes[i] = scattered.s1;                  \
        (items)[(first) + 2].lanes[i] = scattered.s2, (items)[(first) + 3].lanes[i] = scattered.s3;              \
        (items)[(first) + 4].lanes[i] = scattered.s4, (items)[(first) + 5].lanes[i] = scattered.s5;              \
        (items)[(first) + 6].lanes[i] = scattered.s6, (items)[(first) + 7].lanes[i] = scattered.s7;              \
    }
#endif

static inline uint fnv(const uint a, const uint b) {
    return a * PRIME ^ b;
}

/* x modulo n; the reciprocal is 2^32 / n rounded down, so that the quotient is right or one too small. */
static inline uint modulo(const uint x, const uint n, const uint reciprocal) {
    const uint rest = x - mul_hi(x, reciprocal) * n;
    return rest >= n ? rest - n : rest;
}

#define PIECES_OF(space)                                                                                        \
    space uint16 *piece0, space uint16 *piece1, space uint16 *piece2, space uint16 *piece3,                     \
        space uint16 *piece4, space uint16 *piece5, space uint16 *piece6, space uint16 *piece7

/* Where a page lies: two vectors of 16 words. */
#if PIECE_COUNT == 1
#define PAGE(page) (piece0 + 2 * (ulong)(page))
#else
#define PIECE(i)                                                                                                \
    ((i) < 4 ? ((i) < 2 ? ((i) < 1 ? piece0 : piece1) : ((i) < 3 ? piece2 : piece3))                            \
             : ((i) < 6 ? ((i) < 5 ? piece4 : piece5) : ((i) < 7 ? piece6 : piece7)))
#define PAGE(page) (PIECE((page) >> PIECE_SHIFT) + 2 * (ulong)((page) & ((1u << PIECE_SHIFT) - 1)))
#endif

/* keccak512 of 64 bytes of every hash, in place */
static inline void hash_items(item items[HASHES]) {
    for (int vector = 0; vector < VECTORS; vector++) {
        lane a[25];
        for (int i = 0; i < 8; i++) {
            a[i] = GATHER(items, 8 * vector, i);
        }
        pad_message(a, 8, 9);
        keccak(a);
        for (int i = 0; i < 8; i++) {
            SCATTER(a[i], items, 8 * vector, i)
        }
    }
}

#ifdef BUILD_DATASET
__kernel void build_dataset(__global const uint16 *cache, const uint cache_items, const uint reciprocal, const uint first,
                            const uint end, PIECES_OF(__global)) {
    const uint begin = first + (uint)get_global_id(0) * HASHES;
    item mix[HASHES];

    if (begin >= end) {
        return;
    }
    for (int i = 0; i < HASHES; i++) {
        mix[i].vector = cache[modulo(begin + i, cache_items, reciprocal)];
        mix[i].words[0] ^= begin + i;
    }
    hash_items(mix);
    for (uint parent = 0; parent < PARENTS; parent++) {
        uint chosen[HASHES];
        for (int i = 0; i < HASHES; i++) {
            chosen[i] = modulo(fnv((begin + i) ^ parent, mix[i].words[parent % 16]), cache_items, reciprocal);
            FETCH(&cache[chosen[i]]);
        }
        for (int i = 0; i < HASHES; i++) {
            mix[i].vector = mix[i].vector * PRIME ^ cache[chosen[i]];
        }
    }
    hash_items(mix);
    for (int i = 0; i < HASHES && begin + i < end; i++) {
        PAGE((begin + i) / 2)[(begin + i) % 2] = mix[i].vector;
    }
}
#endif

