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

#include "../keccak.cl"

/* Ends a message of `used` lanes in a block of `rate` lanes with Keccak's padding and clears the rest of the state. */
static inline void pad_message(lane a[25], const int used, const int rate) {
    for (int i = used; i < 25; i++) {
        a[i] = (lane)0;
    }
    a[used] ^= (lane)1;
    a[rate - 1] ^= (lane)0x8000000000000000UL;
}

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

#define ROW_TYPE uint16
#include "../table.cl"

/* Where a page lies: two vectors of 16 words. */
#define PAGE(page) ROW_AT(page, 2)

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

