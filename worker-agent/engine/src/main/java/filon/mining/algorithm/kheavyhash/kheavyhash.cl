/*
 * kheavyhash: searches nonces of one header for hashes at or below a target.
 *
 * Arguments of search(); 1 to 3 are those of search.cl:
 *   # | space      | type  | count            | unit          | writer
 *   0 | __global   | ulong | 1078             | lanes         | host: first state with a nonce of zero 25, last state with a message of
 *     |            |       |                  |               | zeros 25, target 4 (most significant first), matrix 64 x 64 ushort
 *   4 | (value)    | ulong | 1                | nonce         | host: the first nonce of the batch
 *   5 | (value)    | uint  | 1                | nonces        | host: how many; work-items past them report nothing
 *
 * Build options: VECTOR_WIDTH (1, 16), ITEMS_PER_THREAD, HIT_CAPACITY.
 * One work-item tries VECTOR_WIDTH x ITEMS_PER_THREAD consecutive nonces: Keccak on vectors of one lane of 8 hashes, the matrix on vectors
 * of one number of 16 hashes.
 */

#define JOB_FIRST 0
#define JOB_LAST 25
#define JOB_TARGET 50
#define JOB_MATRIX 54
#define NONCE_LANE 9
#define NUMBERS 64

#if VECTOR_WIDTH == 1
typedef ulong lane;
typedef ushort number;
#define WIDTH 1
#define PLACES ((lane)0)
#define STORE(vector, words) (words)[0] = (vector)
#define LOAD(words) ((words)[0])
#define LOAD_NUMBERS(words) ((words)[0])
#define STORE_NUMBERS(vector, words) (words)[0] = (vector)
#else
typedef ulong8 lane;
typedef ushort16 number;
#define WIDTH 8
#define PLACES ((lane)(0, 1, 2, 3, 4, 5, 6, 7))
#define STORE(vector, words) vstore8((vector), 0, (words))
#define LOAD(words) vload8(0, (words))
#define LOAD_NUMBERS(words) vload16(0, (words))
#define STORE_NUMBERS(vector, words) vstore16((vector), 0, (words))
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

/* Whether a hash of four lanes, the last of which is the most significant, is at or below the target. */
static inline int meets_target(__global const ulong *job, const ulong hash[4][VECTOR_WIDTH], const uint place) {
    for (int i = 0; i < 4; i++) {
        const ulong value = hash[3 - i][place];
        const ulong limit = job[JOB_TARGET + i];
        if (value != limit) {
            return value < limit;
        }
    }
    return 1;
}

/* The 64 numbers of each hash: byte i is numbers 2i (its upper half) and 2i + 1. */
static inline void split(const ulong hash[4][VECTOR_WIDTH], number numbers[NUMBERS]) {
    for (uint byte = 0; byte < 32; byte++) {
        ushort upper[VECTOR_WIDTH];
        ushort lower[VECTOR_WIDTH];
        for (uint place = 0; place < VECTOR_WIDTH; place++) {
            const ulong shifted = hash[byte / 8][place] >> (8 * (byte % 8));
            upper[place] = (ushort)(shifted >> 4 & 15);
            lower[place] = (ushort)(shifted & 15);
        }
        numbers[2 * byte] = LOAD_NUMBERS(upper);
        numbers[2 * byte + 1] = LOAD_NUMBERS(lower);
    }
}

/* hash ^= the upper four bits of each product of the matrix with the hash's numbers */
static inline void apply_matrix(__global const ulong *job, ulong hash[4][VECTOR_WIDTH]) {
    __global const ushort *matrix = (__global const ushort *)(job + JOB_MATRIX);
    number numbers[NUMBERS];
    split(hash, numbers);
    for (uint byte = 0; byte < 32; byte++) {
        __global const ushort *row = matrix + 2 * byte * NUMBERS;
        number upper = (number)0;
        number lower = (number)0;
        for (uint i = 0; i < NUMBERS; i++) {
            upper += (number)row[i] * numbers[i];
            lower += (number)row[NUMBERS + i] * numbers[i];
        }
        ushort products[VECTOR_WIDTH];
        STORE_NUMBERS((upper >> (number)10) << (number)4 | (lower >> (number)10), products);
        for (uint place = 0; place < VECTOR_WIDTH; place++) {
            hash[byte / 8][place] ^= (ulong)products[place] << (8 * (byte % 8));
        }
    }
}

__kernel void search(__global const ulong *job, SHARED_ARGUMENTS, const ulong first, const uint count) {
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
        ulong hash[4][VECTOR_WIDTH];
        for (uint from = 0; from < VECTOR_WIDTH; from += WIDTH) {
            lane a[25];
            for (int i = 0; i < 25; i++) {
                a[i] = (lane)job[JOB_FIRST + i];
            }
            a[NONCE_LANE] ^= (lane)(first + offset + from) + PLACES;
            keccak(a);
            for (int i = 0; i < 4; i++) {
                STORE(a[i], &hash[i][from]);
            }
        }
        apply_matrix(job, hash);
        for (uint from = 0; from < VECTOR_WIDTH; from += WIDTH) {
            lane a[25];
            for (int i = 0; i < 25; i++) {
                a[i] = (lane)job[JOB_LAST + i];
            }
            for (int i = 0; i < 4; i++) {
                a[i] ^= LOAD(&hash[i][from]);
            }
            keccak(a);
            for (int i = 0; i < 4; i++) {
                STORE(a[i], &hash[i][from]);
            }
        }
        for (uint place = 0; place < VECTOR_WIDTH && offset + place < count; place++) {
            if (meets_target(job, hash, place)) {
                report(hits, offset + place);
            }
        }
    }
}
