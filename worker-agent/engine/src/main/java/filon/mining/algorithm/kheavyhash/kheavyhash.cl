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
 * Build options: VECTOR_WIDTH (1, 16), ITEMS_PER_THREAD.
 * One work-item tries VECTOR_WIDTH x ITEMS_PER_THREAD consecutive nonces: Keccak on vectors of one lane of 8 hashes, the matrix on vectors
 * of one number of 16 hashes.
 */

#include "../search.cl"

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

#include "../keccak.cl"

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
