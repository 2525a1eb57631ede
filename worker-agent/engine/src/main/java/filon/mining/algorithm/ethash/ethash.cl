/*
 * ethash and etchash: makes the dataset of an epoch, and searches nonces of one header for hashes at or below a target.
 *
 * Arguments of search():
 *    # | space      | type   | count            | unit          | writer
 *    0 | __global   | ulong  | 8                | lanes         | host: header hash 4 (little-endian), target 4 (most significant first)
 *    1 | __global   | uint   | 2 + HIT_CAPACITY | count,offsets | host zeroes [0]; kernel counts hits in [0] (also those that do not
 *      |            |        |                  |               | fit) and writes from [2] on how far behind the first nonce they are
 *    2 | (value)    | ulong  | 1                | nonce         | host: the first nonce of the batch
 *    3 | (value)    | uint   | 1                | nonces        | host: how many; work-items past them report nothing
 *    4 | (value)    | uint   | 1                | pages         | host: pages of 128 bytes of the dataset
 *    5 | (value)    | uint   | 1                | -             | host: 2^32 / pages, rounded down
 *    6 | __global   | uint16 | 2 x pages        | words         | build_dataset(); 8 pieces, of which PIECE_COUNT differ
 *
 * Arguments of build_dataset():
 *    0 | __global   | uint16 | cache items      | words         | host: the light cache
 *    1 | (value)    | uint   | 1                | items         | host: how many the light cache has
 *    2 | (value)    | uint   | 1                | -             | host: 2^32 / cache items, rounded down
 *    3 | (value)    | uint   | 1                | item          | host: the first item of 64 bytes to make
 *    4 | (value)    | uint   | 1                | item          | host: one past the last
 *    5 | __global   | uint16 | 2 x pages        | words         | kernel; 8 pieces
 *
 * Build options: HASHES (1, or a multiple of 8 up to 128), GROUP_SIZE, HIT_CAPACITY, PIECE_COUNT, PIECE_SHIFT (log2 of the pages of a piece).
 *
 * With HASHES above 1 a work-item computes that many consecutive nonces: Keccak on vectors of one lane of 8 hashes, the 64 reads in
 * turns, so that the reads of all hashes are on their way to memory at once. This suits CPUs.
 * With HASHES 1 a work-item hashes one nonce, but the reads of a page are shared by 4 neighbours of a work-group, 32 bytes each, who
 * compute their 4 hashes one after the other. This suits GPUs, whose memory answers neighbours in one go. Between neighbours
 * everything passes through local memory and barriers; nothing assumes that they run in step.
 */

#define PRIME 0x01000193u
#define PARENTS 256
#define ACCESSES 64

#define JOB_HEADER 0 /* 4 */
#define JOB_TARGET 4 /* 4 */
#define HITS_COUNT 0
#define HITS_OFFSETS 2

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

/* keccak512 of the header's hash and these nonces, as lanes */
static inline void seed_of(__global const ulong *job, const lane nonces, lane seed[8]) {
    lane a[25];
    for (int i = 0; i < 4; i++) {
        a[i] = (lane)job[JOB_HEADER + i];
    }
    a[4] = nonces;
    pad_message(a, 5, 9);
    keccak(a);
    for (int i = 0; i < 8; i++) {
        seed[i] = a[i];
    }
}

/* keccak256 of seed and compressed mix, in place of the state's first four lanes */
static inline void final_hash(lane a[25]) {
    pad_message(a, 12, 17);
    keccak(a);
}

/* The lane with its eight bytes in the opposite order */
static inline ulong swap_bytes(const ulong x) {
    return as_ulong(as_uchar8(x).s76543210);
}

/* Whether a hash of four lanes, read as a big-endian number, is at or below the target. */
static inline int meets_target(__global const ulong *job, const ulong h0, const ulong h1, const ulong h2, const ulong h3) {
    const ulong hash[4] = {swap_bytes(h0), swap_bytes(h1), swap_bytes(h2), swap_bytes(h3)};
    for (int i = 0; i < 4; i++) {
        const ulong limit = job[JOB_TARGET + i];
        if (hash[i] != limit) {
            return hash[i] < limit;
        }
    }
    return 1;
}

/* Counts a hit and keeps its offset if there is room; the host sees by the count whether any was lost. */
static inline void report(__global uint *hits, const uint offset) {
    const uint slot = atomic_inc(&hits[HITS_COUNT]);
    if (slot < HIT_CAPACITY) {
        hits[HITS_OFFSETS + slot] = offset;
    }
}

#if HASHES > 1

/* A hash's 128 bytes of mix: as words, as lanes, as the two vectors of a page. */
typedef union {
    uint16 vectors[2];
    uint words[32];
} mix_of_hash;

static inline ulong compressed(const mix_of_hash *mix, const int i) {
    const uint low = fnv(fnv(fnv(mix->words[8 * i], mix->words[8 * i + 1]), mix->words[8 * i + 2]), mix->words[8 * i + 3]);
    const uint high =
        fnv(fnv(fnv(mix->words[8 * i + 4], mix->words[8 * i + 5]), mix->words[8 * i + 6]), mix->words[8 * i + 7]);
    return low | (ulong)high << 32;
}

__kernel void search(__global const ulong *job, __global uint *hits, const ulong first, const uint count, const uint pages,
                     const uint reciprocal, PIECES_OF(__global const)) {
    const uint begin = (uint)get_global_id(0) * HASHES;
    item seeds[HASHES];
    mix_of_hash mix[HASHES];

    if (begin >= count) {
        return;
    }
    for (int vector = 0; vector < VECTORS; vector++) {
        lane seed[8];
        seed_of(job, (lane)(first + begin + 8 * vector) + LANES_OFFSET, seed);
        for (int i = 0; i < 8; i++) {
            SCATTER(seed[i], seeds, 8 * vector, i)
        }
    }
    for (int i = 0; i < HASHES; i++) {
        mix[i].vectors[0] = mix[i].vectors[1] = seeds[i].vector;
    }
    for (uint access = 0; access < ACCESSES; access++) {
        __global const uint16 *reads[HASHES];
        for (int i = 0; i < HASHES; i++) {
            const uint chosen = fnv(access ^ seeds[i].words[0], mix[i].words[access % 32]);
            reads[i] = PAGE(modulo(chosen, pages, reciprocal));
            FETCH(reads[i]);
            FETCH(reads[i] + 1);
        }
        for (int i = 0; i < HASHES; i++) {
            __global const uint16 *read = reads[i];
            mix[i].vectors[0] = mix[i].vectors[0] * PRIME ^ read[0];
            mix[i].vectors[1] = mix[i].vectors[1] * PRIME ^ read[1];
        }
    }
    for (int vector = 0; vector < VECTORS; vector++) {
        lane a[25];
        ulong short_mix[4][8];
        for (int i = 0; i < 8; i++) {
            a[i] = GATHER(seeds, 8 * vector, i);
            for (int part = 0; part < 4; part++) {
                short_mix[part][i] = compressed(&mix[8 * vector + i], part);
            }
        }
        for (int part = 0; part < 4; part++) {
            a[8 + part] = vload8(0, short_mix[part]);
        }
        final_hash(a);
        ulong hashes[4][8];
        for (int part = 0; part < 4; part++) {
            vstore8(a[part], 0, hashes[part]);
        }
        for (int i = 0; i < 8; i++) {
            const uint offset = begin + 8 * vector + i;
            if (offset < count && meets_target(job, hashes[0][i], hashes[1][i], hashes[2][i], hashes[3][i])) {
                report(hits, offset);
            }
        }
    }
}

#else

#define TEAM 4
#define TEAMS (GROUP_SIZE / TEAM)

/* One read of 32 bytes by each of a team: the one that holds the deciding word names the page to the others. */
#define READ(word)                                                                                              \
    {                                                                                                           \
        if (block % TEAM == member) {                                                                           \
            named[(word) % 2][team] = modulo(fnv((8 * block + (word)) ^ seed0, mix.s##word), pages, reciprocal); \
        }                                                                                                       \
        barrier(CLK_LOCAL_MEM_FENCE);                                                                           \
        __global const uint8 *read = (__global const uint8 *)PAGE(named[(word) % 2][team]);                     \
        mix = mix * PRIME ^ read[member];                                                                       \
    }

__kernel __attribute__((reqd_work_group_size(GROUP_SIZE, 1, 1))) void search(
    __global const ulong *job, __global uint *hits, const ulong first, const uint count, const uint pages,
    const uint reciprocal, PIECES_OF(__global const)) {
    __local ulong shared[TEAMS][8];
    __local uint named[2][TEAMS];
    const uint offset = (uint)get_global_id(0);
    const uint team = (uint)get_local_id(0) / TEAM;
    const uint member = (uint)get_local_id(0) % TEAM;
    lane a[25];
    lane seed[8];

    /* past the end of the batch too, as all of a work-group meet at each barrier */
    seed_of(job, first + offset, seed);
    for (int i = 0; i < 8; i++) {
        a[i] = seed[i];
    }
    for (uint turn = 0; turn < TEAM; turn++) {
        if (member == turn) {
            for (int i = 0; i < 8; i++) {
                shared[team][i] = seed[i];
            }
        }
        barrier(CLK_LOCAL_MEM_FENCE);
        const uint seed0 = (uint)shared[team][0];
        const uint half_of_seed = member % 2 * 4;
        uint8 mix = as_uint8((ulong4)(shared[team][half_of_seed], shared[team][half_of_seed + 1],
                                      shared[team][half_of_seed + 2], shared[team][half_of_seed + 3]));
        for (uint block = 0; block < ACCESSES / 8; block++) {
            READ(0) READ(1) READ(2) READ(3) READ(4) READ(5) READ(6) READ(7)
        }
        const uint low = fnv(fnv(fnv(mix.s0, mix.s1), mix.s2), mix.s3);
        const uint high = fnv(fnv(fnv(mix.s4, mix.s5), mix.s6), mix.s7);
        barrier(CLK_LOCAL_MEM_FENCE);
        shared[team][member] = low | (ulong)high << 32;
        barrier(CLK_LOCAL_MEM_FENCE);
        if (member == turn) {
            for (int i = 0; i < 4; i++) {
                a[8 + i] = shared[team][i];
            }
        }
        barrier(CLK_LOCAL_MEM_FENCE);
    }
    final_hash(a);
    if (offset < count && meets_target(job, a[0], a[1], a[2], a[3])) {
        report(hits, offset);
    }
}

#endif
