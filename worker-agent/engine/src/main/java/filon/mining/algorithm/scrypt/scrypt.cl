/*
 * scrypt (N = 1024, r = 1, p = 1; RFC 7914): searches nonces of one 80-byte header for hashes at or below a target.
 *
 * Arguments of search(); 1 to 3 are those of search.cl:
 *   # | space      | type | count                          | unit   | writer
 *   0 | __global   | uint | 27                             | words  | host, before each launch: the header's first 19 words as
 *     |            |      |                                |        | big-endian numbers, the target, most significant word first
 *   4 | __global   | row  | work-items x HASHES x 128 KiB  | words  | kernel; the host never reads it
 *   5 | (value)    | uint | 1                              | nonce  | host: the first nonce of the batch
 *   6 | (value)    | uint | 1                              | nonces | host: how many nonces
 *
 * Build options: VECTOR_WIDTH (4, 8, 16), CHAINS (1, 2, 4), HASHES = VECTOR_WIDTH / 4 x CHAINS (a number, as names of types
 * are made of it).
 *
 * A work-item computes HASHES consecutive nonces at once, called a block, and takes blocks from a
 * common count until none is left. So there are as many pads as work-items, however long the batch; where the work-items
 * are as few as the cores, a pad stays in its core's cache, and no core waits for the slowest.
 *
 * SHA-256 works on one word of all HASHES hashes per vector. Salsa20/8 works on one row of the 4 x 4 matrix, its diagonals
 * turned into columns, of VECTOR_WIDTH / 4 hashes per vector; CHAINS such vectors are independent of each other, which hides
 * the latency of the one behind the other. In the pad an entry of one hash is 128 bytes in one piece.
 */

#include "../search.cl"

#define JOB_HEADER 0   /* 19: the header without its nonce */
#define JOB_TARGET 19  /* 8: the target, most significant word first */

#define ENTRIES 1024
#define ENTRY_WORDS 32
#define HASHES_PER_VECTOR (VECTOR_WIDTH / 4)
#define VECTORS_PER_ENTRY (ENTRY_WORDS / VECTOR_WIDTH)

#define PASTE(a, b) a##b
#define WIDE(type, width) PASTE(type, width)
typedef WIDE(uint, VECTOR_WIDTH) row;

#if HASHES == 1
typedef uint word;
#define LANES 0u
#define STORE(vector, words) (words)[0] = (vector)
#define LOAD(words) (words)[0]
#define ANY(condition) (condition)
#else
typedef WIDE(uint, HASHES) word;
#define STORE(vector, words) WIDE(vstore, HASHES)((vector), 0, (words))
#define LOAD(words) WIDE(vload, HASHES)(0, (words))
#define ANY(condition) any(condition)
#if HASHES == 2
#define LANES ((word)(0, 1))
#elif HASHES == 4
#define LANES ((word)(0, 1, 2, 3))
#elif HASHES == 8
#define LANES ((word)(0, 1, 2, 3, 4, 5, 6, 7))
#else
#define LANES ((word)(0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15))
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
__constant uint INITIAL[8] = {
    0x6a09e667, 0xbb67ae85, 0x3c6ef372, 0xa54ff53a, 0x510e527f, 0x9b05688c, 0x1f83d9ab, 0x5be0cd19};

#define ROTATE_RIGHT(x, n) rotate((x), (word)(32 - (n)))
#define BIG_SIGMA_0(x) (ROTATE_RIGHT(x, 2) ^ ROTATE_RIGHT(x, 13) ^ ROTATE_RIGHT(x, 22))
#define BIG_SIGMA_1(x) (ROTATE_RIGHT(x, 6) ^ ROTATE_RIGHT(x, 11) ^ ROTATE_RIGHT(x, 25))
#define SMALL_SIGMA_0(x) (ROTATE_RIGHT(x, 7) ^ ROTATE_RIGHT(x, 18) ^ ((x) >> (word)3))
#define SMALL_SIGMA_1(x) (ROTATE_RIGHT(x, 17) ^ ROTATE_RIGHT(x, 19) ^ ((x) >> (word)10))
#define CHOOSE(x, y, z) bitselect((z), (y), (x))
#define MAJORITY(x, y, z) bitselect((x), (y), (x) ^ (z))
#define EXPAND(i) \
    (w[(i)&15] += SMALL_SIGMA_0(w[((i) + 1) & 15]) + w[((i) + 9) & 15] + SMALL_SIGMA_1(w[((i) + 14) & 15]))
#define LOADED(i) w[(i)&15]
#define ROUND(a, b, c, d, e, f, g, h, i, WORD)                                                      \
    {                                                                                               \
        const word t = (h) + BIG_SIGMA_1(e) + CHOOSE(e, f, g) + (word)K[group + (i)] + WORD(i);     \
        (d) += t;                                                                                   \
        (h) = t + BIG_SIGMA_0(a) + MAJORITY(a, b, c);                                               \
    }
#define EIGHT_ROUNDS(i, WORD)                         \
    ROUND(a, b, c, d, e, f, g, h, (i), WORD)          \
    ROUND(h, a, b, c, d, e, f, g, (i) + 1, WORD)      \
    ROUND(g, h, a, b, c, d, e, f, (i) + 2, WORD)      \
    ROUND(f, g, h, a, b, c, d, e, (i) + 3, WORD)      \
    ROUND(e, f, g, h, a, b, c, d, (i) + 4, WORD)      \
    ROUND(d, e, f, g, h, a, b, c, (i) + 5, WORD)      \
    ROUND(c, d, e, f, g, h, a, b, (i) + 6, WORD)      \
    ROUND(b, c, d, e, f, g, h, a, (i) + 7, WORD)

/* x with its four bytes in the opposite order */
#define SWAP_BYTES(x) ((rotate((x), (word)8) & (word)0x00ff00ff) | (rotate((x), (word)24) & (word)0xff00ff00))

/* SHA-256's compression function on all hashes of a block; uses up the words. */
static inline void compress(word state[8], word w[16]) {
    word a = state[0], b = state[1], c = state[2], d = state[3];
    word e = state[4], f = state[5], g = state[6], h = state[7];
    uint group = 0;
    EIGHT_ROUNDS(0, LOADED)
    EIGHT_ROUNDS(8, LOADED)
    for (group = 16; group < 64; group += 16) {
        EIGHT_ROUNDS(0, EXPAND)
        EIGHT_ROUNDS(8, EXPAND)
    }
    state[0] += a, state[1] += b, state[2] += c, state[3] += d;
    state[4] += e, state[5] += f, state[6] += g, state[7] += h;
}

static inline void initial(word state[8]) {
    for (int i = 0; i < 8; i++) {
        state[i] = (word)INITIAL[i];
    }
}

/* The end of a message of so many bits: words from `used` on become SHA-256's padding. */
static inline void pad_message(word w[16], const int used, const uint bits) {
    w[used] = (word)0x80000000u;
    for (int i = used + 1; i < 15; i++) {
        w[i] = (word)0u;
    }
    w[15] = (word)bits;
}

/* HMAC's outer hash (RFC 2104): the digest of the outer key block and the inner digest. */
static inline void finish_hmac(const word outer[8], const word inner[8], word digest[8]) {
    word w[16];
    for (int i = 0; i < 8; i++) {
        w[i] = inner[i];
        digest[i] = outer[i];
    }
    pad_message(w, 8, 8 * (64 + 32));
    compress(digest, w);
}

/* The two halves of HMAC's key: SHA-256 states after the key block under each of the two constants. */
static inline void key_hmac(const word key[8], word inner[8], word outer[8]) {
    word w[16];
    for (int i = 0; i < 16; i++) {
        w[i] = (i < 8 ? key[i] : (word)0u) ^ (word)0x36363636u;
    }
    initial(inner);
    compress(inner, w);
    for (int i = 0; i < 16; i++) {
        w[i] = (i < 8 ? key[i] : (word)0u) ^ (word)0x5c5c5c5cu;
    }
    initial(outer);
    compress(outer, w);
}

#if CHAINS == 1
#define EACH(step) step(0)
#elif CHAINS == 2
#define EACH(step) step(0) step(1)
#else
#define EACH(step) step(0) step(1) step(2) step(3)
#endif

/* Turns each row of four words by one, two, three places; moves rows of several hashes into pieces of one hash and back. */
#if VECTOR_WIDTH == 4
#define TURN_1(x) (x).s1230
#define TURN_2(x) (x).s2301
#define TURN_3(x) (x).s3012
#define TRANSPOSE(p)
#elif VECTOR_WIDTH == 8
#define TURN_1(x) (x).s12305674
#define TURN_2(x) (x).s23016745
#define TURN_3(x) (x).s30127456
#define TRANSPOSE_PAIR(p, i)                                \
    {                                                       \
        const row t = (row)((p)[(i)].hi, (p)[(i) + 1].hi);  \
        (p)[(i)] = (row)((p)[(i)].lo, (p)[(i) + 1].lo);     \
        (p)[(i) + 1] = t;                                   \
    }
#define TRANSPOSE(p)                                                                            \
    TRANSPOSE_PAIR(p, 0) TRANSPOSE_PAIR(p, 2) TRANSPOSE_PAIR(p, 4) TRANSPOSE_PAIR(p, 6)
#else
#define TURN_1(x) (x).s123056749ab8defc
#define TURN_2(x) (x).s23016745ab89efcd
#define TURN_3(x) (x).s30127456b89afcde
#define TRANSPOSE_HALF(p, i)                                                      \
    {                                                                             \
        const row t0 = (row)((p)[(i)].lo, (p)[(i) + 1].lo);                       \
        const row t1 = (row)((p)[(i)].hi, (p)[(i) + 1].hi);                       \
        const row t2 = (row)((p)[(i) + 2].lo, (p)[(i) + 3].lo);                   \
        const row t3 = (row)((p)[(i) + 2].hi, (p)[(i) + 3].hi);                   \
        (p)[(i)] = (row)(t0.s0123, t0.s89ab, t2.s0123, t2.s89ab);                 \
        (p)[(i) + 1] = (row)(t0.s4567, t0.scdef, t2.s4567, t2.scdef);             \
        (p)[(i) + 2] = (row)(t1.s0123, t1.s89ab, t3.s0123, t3.s89ab);             \
        (p)[(i) + 3] = (row)(t1.s4567, t1.scdef, t3.s4567, t3.scdef);             \
    }
#define TRANSPOSE(p) TRANSPOSE_HALF(p, 0) TRANSPOSE_HALF(p, 4)
#endif

/* Salsa20/8 on rows a, b, c, d; the second half of a double round names b and d the other way round. */
#define COLUMNS_1(i) b[i] ^= rotate(a[i] + d[i], (row)7u);
#define COLUMNS_2(i) c[i] ^= rotate(b[i] + a[i], (row)9u);
#define COLUMNS_3(i) d[i] ^= rotate(c[i] + b[i], (row)13u);
#define COLUMNS_4(i) a[i] ^= rotate(d[i] + c[i], (row)18u);
#define TO_ROWS(i) b[i] = TURN_3(b[i]); c[i] = TURN_2(c[i]); d[i] = TURN_1(d[i]);
#define ROWS_1(i) d[i] ^= rotate(a[i] + b[i], (row)7u);
#define ROWS_2(i) c[i] ^= rotate(d[i] + a[i], (row)9u);
#define ROWS_3(i) b[i] ^= rotate(c[i] + d[i], (row)13u);
#define ROWS_4(i) a[i] ^= rotate(b[i] + c[i], (row)18u);
#define TO_COLUMNS(i) b[i] = TURN_1(b[i]); c[i] = TURN_2(c[i]); d[i] = TURN_3(d[i]);
#define DOUBLE_ROUND                                                                                \
    EACH(COLUMNS_1) EACH(COLUMNS_2) EACH(COLUMNS_3) EACH(COLUMNS_4) EACH(TO_ROWS)                   \
    EACH(ROWS_1) EACH(ROWS_2) EACH(ROWS_3) EACH(ROWS_4) EACH(TO_COLUMNS)

/* x[to .. to+3] ^= x[from .. from+3], then x[to ..] += Salsa20/8 of it */
#define MIX_LOAD(i)                                   \
    a[i] = x[i][to] ^= x[i][from];                    \
    b[i] = x[i][to + 1] ^= x[i][from + 1];            \
    c[i] = x[i][to + 2] ^= x[i][from + 2];            \
    d[i] = x[i][to + 3] ^= x[i][from + 3];
#define MIX_ADD(i) x[i][to] += a[i]; x[i][to + 1] += b[i]; x[i][to + 2] += c[i]; x[i][to + 3] += d[i];

static inline void mix_half(row x[CHAINS][8], const int to, const int from) {
    row a[CHAINS], b[CHAINS], c[CHAINS], d[CHAINS];
    EACH(MIX_LOAD)
    DOUBLE_ROUND
    DOUBLE_ROUND
    DOUBLE_ROUND
    DOUBLE_ROUND
    EACH(MIX_ADD)
}

/* RFC 7914, section 4, with r = 1 */
static inline void block_mix(row x[CHAINS][8]) {
    mix_half(x, 0, 4);
    mix_half(x, 4, 0);
}

/* Where piece p (0 to 7) of a chain's entry lies: entries of all hashes of the block stand side by side. */
#define PLACE(entry, chain, p)                                                                         \
    (((entry)*HASHES + (chain)*HASHES_PER_VECTOR + (p) % HASHES_PER_VECTOR) * VECTORS_PER_ENTRY + (p) / HASHES_PER_VECTOR)

static inline void store_entry(__global row *pad, const row x[CHAINS][8], const uint entry) {
    for (int chain = 0; chain < CHAINS; chain++) {
        row p[8];
        for (int i = 0; i < 8; i++) {
            p[i] = x[chain][i];
        }
        TRANSPOSE(p)
        for (int i = 0; i < 8; i++) {
            pad[PLACE(entry, chain, i)] = p[i];
        }
    }
}

/* x ^= the entries that x itself names, one per hash */
static inline void mix_in_entries(__global const row *pad, row x[CHAINS][8]) {
    for (int chain = 0; chain < CHAINS; chain++) {
        uint entry[HASHES_PER_VECTOR];
        entry[0] = x[chain][4].s0 & (ENTRIES - 1);
#if VECTOR_WIDTH > 4
        entry[1] = x[chain][4].s4 & (ENTRIES - 1);
#endif
#if VECTOR_WIDTH > 8
        entry[2] = x[chain][4].s8 & (ENTRIES - 1);
        entry[3] = x[chain][4].sc & (ENTRIES - 1);
#endif
        row p[8];
        for (int i = 0; i < 8; i++) {
            p[i] = pad[PLACE(entry[i % HASHES_PER_VECTOR], chain, i)];
        }
        TRANSPOSE(p)
        for (int i = 0; i < 8; i++) {
            x[chain][i] ^= p[i];
        }
    }
}

/* RFC 7914, section 5 */
static inline void ro_mix(__global row *pad, row x[CHAINS][8]) {
    for (uint i = 0; i < ENTRIES; i++) {
        store_entry(pad, x, i);
        block_mix(x);
    }
    for (uint i = 0; i < ENTRIES; i++) {
        mix_in_entries(pad, x);
        block_mix(x);
    }
}

/* Which word of Salsa20's matrix stands where, once its diagonals are columns. */
__constant uchar DIAGONAL[16] = {0, 5, 10, 15, 4, 9, 14, 3, 8, 13, 2, 7, 12, 1, 6, 11};

/* The same words as x[row] of the chains and as words[word] of the hashes */
#define IN_ROWS(i, hash) \
    (((hash) / HASHES_PER_VECTOR * 8 + (i) / 4) * VECTOR_WIDTH + (hash) % HASHES_PER_VECTOR * 4 + (i) % 4)
#define IN_WORDS(i, hash) (((i) / 16 * 16 + DIAGONAL[(i) % 16]) * HASHES + (hash))

static inline void mix_words(__global row *pad, word words[ENTRY_WORDS]) {
    uint in_words[ENTRY_WORDS * HASHES];
    uint in_rows[ENTRY_WORDS * HASHES];
    row x[CHAINS][8];
    for (int i = 0; i < ENTRY_WORDS; i++) {
        STORE(SWAP_BYTES(words[i]), in_words + i * HASHES);
    }
    for (int i = 0; i < ENTRY_WORDS; i++) {
        for (int hash = 0; hash < HASHES; hash++) {
            in_rows[IN_ROWS(i, hash)] = in_words[IN_WORDS(i, hash)];
        }
    }
    for (int i = 0; i < 8 * CHAINS; i++) {
        x[i / 8][i % 8] = WIDE(vload, VECTOR_WIDTH)(i, in_rows);
    }
    ro_mix(pad, x);
    for (int i = 0; i < 8 * CHAINS; i++) {
        WIDE(vstore, VECTOR_WIDTH)(x[i / 8][i % 8], i, in_rows);
    }
    for (int i = 0; i < ENTRY_WORDS; i++) {
        for (int hash = 0; hash < HASHES; hash++) {
            in_words[IN_WORDS(i, hash)] = in_rows[IN_ROWS(i, hash)];
        }
    }
    for (int i = 0; i < ENTRY_WORDS; i++) {
        const word mixed = LOAD(in_words + i * HASHES);
        words[i] = SWAP_BYTES(mixed);
    }
}

/* scrypt of the header with these nonces: the digest's eight words as big-endian numbers. */
static inline void hash_block(__global const uint *job, const word midstate[8], const word nonces, __global row *pad,
                              word digest[8]) {
    word w[16], key[8], inner[8], outer[8], salted[8], state[8], mixed[ENTRY_WORDS];
    const word nonce_word = SWAP_BYTES(nonces);

    for (int i = 0; i < 8; i++) {
        key[i] = midstate[i];
    }
    for (int i = 0; i < 3; i++) {
        w[i] = (word)job[JOB_HEADER + 16 + i];
    }
    w[3] = nonce_word;
    pad_message(w, 4, 8 * 80);
    compress(key, w);
    key_hmac(key, inner, outer);

    /* PBKDF2 with the header as salt, one iteration, 128 bytes (RFC 8018, section 5.2) */
    for (int i = 0; i < 16; i++) {
        w[i] = (word)job[JOB_HEADER + i];
    }
    for (int i = 0; i < 8; i++) {
        salted[i] = inner[i];
    }
    compress(salted, w);
    for (int part = 0; part < 4; part++) {
        for (int i = 0; i < 3; i++) {
            w[i] = (word)job[JOB_HEADER + 16 + i];
        }
        w[3] = nonce_word;
        w[4] = (word)(uint)(part + 1);
        pad_message(w, 5, 8 * (64 + 84));
        for (int i = 0; i < 8; i++) {
            state[i] = salted[i];
        }
        compress(state, w);
        finish_hmac(outer, state, mixed + 8 * part);
    }

    mix_words(pad, mixed);

    /* PBKDF2 with the mixed words as salt, one iteration, 32 bytes */
    for (int piece = 0; piece < 2; piece++) {
        for (int i = 0; i < 16; i++) {
            w[i] = mixed[16 * piece + i];
        }
        compress(inner, w);
    }
    w[0] = (word)1u;
    pad_message(w, 1, 8 * (64 + 132));
    compress(inner, w);
    finish_hmac(outer, inner, digest);
}

/* Whether the digest of one lane, read as a little-endian number, is at or below the target. */
static inline int meets_target(__global const uint *job, const uint *in_order, const uint lane) {
    for (int i = 7; i >= 0; i--) {
        const uint value = in_order[i * HASHES + lane];
        const uint limit = job[JOB_TARGET + 7 - i];
        if (value != limit) {
            return value < limit;
        }
    }
    return 1;
}

__kernel void search(__global const uint *job, SHARED_ARGUMENTS, __global row *pads, const uint first,
                     const uint count) {
    __global row *pad = pads + get_global_id(0) * (ulong)(ENTRIES * HASHES * VECTORS_PER_ENTRY);
    word midstate[8], w[16];
    initial(midstate);
    for (int i = 0; i < 16; i++) {
        w[i] = (word)job[JOB_HEADER + i];
    }
    compress(midstate, w);

    /* the host bounds count, so that a taken number times HASHES stays far below 2^32 */
    for (uint offset = atomic_inc(&hits[HITS_TAKEN]) * HASHES; offset < count;
         offset = atomic_inc(&hits[HITS_TAKEN]) * HASHES) {
        word digest[8];
        if (is_given_up(newest, serial)) {
            leave_out(hits, offset, HASHES, count);
            continue;
        }
        hash_block(job, midstate, (word)(first + offset) + LANES, pad, digest);
        if (!ANY(SWAP_BYTES(digest[7]) <= (word)job[JOB_TARGET])) {
            continue;
        }
        uint in_order[8 * HASHES];
        for (int i = 0; i < 8; i++) {
            STORE(SWAP_BYTES(digest[i]), in_order + i * HASHES);
        }
        for (uint lane = 0; lane < HASHES && offset + lane < count; lane++) {
            if (meets_target(job, in_order, lane)) {
                report(hits, offset + lane);
            }
        }
    }
}
