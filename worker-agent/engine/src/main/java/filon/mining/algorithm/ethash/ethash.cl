/*
 * ethash and etchash: searches nonces of one header for hashes at or below a target.
 *
 * Arguments of search(); 1 to 3 are those of search.cl:
 *    # | space      | type   | count            | unit          | writer
 *    0 | __global   | ulong  | 8                | lanes         | host: header hash 4 (little-endian), target 4 (most significant first)
 *    4 | (value)    | ulong  | 1                | nonce         | host: the first nonce of the batch
 *    5 | (value)    | uint   | 1                | nonces        | host: how many; work-items past them report nothing
 *    6 | (value)    | uint   | 1                | pages         | host: pages of 128 bytes of the dataset
 *    7 | (value)    | uint   | 1                | -             | host: 2^32 / pages, rounded down
 *    8 | __global   | uint16 | 2 x pages        | words         | build_dataset(); 8 pieces, of which PIECE_COUNT differ
 *
 * Build options: those of dag.cl, GROUP_SIZE.
 *
 * With HASHES above 1 a work-item computes that many consecutive nonces: Keccak on vectors of one lane of 8 hashes, the 64 reads in
 * turns, so that the reads of all hashes are on their way to memory at once. This suits CPUs.
 * With HASHES 1 a work-item hashes one nonce, but the reads of a page are shared by 4 neighbours of a work-group, 32 bytes each, who
 * compute their 4 hashes one after the other. This suits GPUs, whose memory answers neighbours in one go. Between neighbours
 * everything passes through local memory and barriers; nothing assumes that they run in step.
 */

#include "../search.cl"
#include "../dag/dag.cl"

#define ACCESSES 64

#define JOB_HEADER 0 /* 4 */
#define JOB_TARGET 4 /* 4 */

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

__kernel void search(__global const ulong *job, SHARED_ARGUMENTS, const ulong first, const uint count, const uint pages,
                     const uint reciprocal, PIECES_OF(__global const)) {
    const uint begin = (uint)get_global_id(0) * HASHES;
    item seeds[HASHES];
    mix_of_hash mix[HASHES];

    if (begin >= count) {
        return;
    }
    if (is_given_up(newest, serial)) {
        leave_out(hits, begin, HASHES, count);
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
    __global const ulong *job, SHARED_ARGUMENTS, const ulong first, const uint count, const uint pages,
    const uint reciprocal, PIECES_OF(__global const)) {
    __local ulong shared[TEAMS][8];
    __local uint named[2][TEAMS];
    __local int is_over;
    const uint offset = (uint)get_global_id(0);
    const uint team = (uint)get_local_id(0) / TEAM;
    const uint member = (uint)get_local_id(0) % TEAM;
    lane a[25];
    lane seed[8];

    if (get_local_id(0) == 0) {
        is_over = is_given_up(newest, serial);
    }
    barrier(CLK_LOCAL_MEM_FENCE);
    /* not left by a return, as PoCL 3.1 loses work-items' own variables where that comes between barriers */
    const uint turns = is_over ? 0 : TEAM;
    /* past the end of the batch too, as all of a work-group meet at each barrier */
    seed_of(job, first + offset, seed);
    for (int i = 0; i < 8; i++) {
        a[i] = seed[i];
    }
    for (uint turn = 0; turn < turns; turn++) {
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
    if (turns == 0) {
        leave_out(hits, offset, 1, count);
    } else if (offset < count && meets_target(job, a[0], a[1], a[2], a[3])) {
        report(hits, offset);
    }
}

#endif
